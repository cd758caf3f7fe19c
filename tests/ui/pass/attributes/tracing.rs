#![deny(warnings)]

use hueless::{App, Call, Depends, Input, dependency, handler};

#[tracing::instrument]
#[dependency]
fn above() -> u8 {
    1
}

#[dependency]
#[tracing::instrument(skip_all, fields(above = *above))]
async fn below(above: Depends<above>) -> Result<u8, String> {
    Ok(*above + 1)
}

#[tracing::instrument(level = "debug")]
#[handler]
async fn outer(below: Depends<below>, input: Input<u8>) -> u8 {
    *below + input.0
}

#[handler]
#[tracing::instrument(ret)]
fn inner(below: Depends<below>, Input(input): Input<u8>) -> u8 {
    *below + input
}

#[tokio::main(flavor = "current_thread")]
async fn main() {
    let app = App::new();
    let call = || Call::new().with(1_u8);
    assert_eq!(app.run(outer::handler, call()).await.unwrap(), 3);
    assert_eq!(app.run(inner::handler, call()).await.unwrap(), 3);
}
