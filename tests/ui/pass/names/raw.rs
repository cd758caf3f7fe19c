#![deny(warnings)]

use hueless::{App, Call, Depends, Graph, Input, dependency, handler};

#[dependency]
fn r#type() -> u8 {
    1
}

#[dependency(requires(r#type))]
async fn r#match(r#type: Depends<r#type>) -> u8 {
    *r#type
}

#[dependency]
struct Page {
    r#struct: Depends<r#match>,
}

#[handler]
fn r#loop(r#mod: Depends<Page>, Input(r#fn): Input<u8>) -> u8 {
    *r#mod.r#struct + r#fn
}

#[tokio::main(flavor = "current_thread")]
async fn main() {
    let call = Call::new().with(1_u8);
    assert_eq!(App::new().run(r#loop::handler, call).await.unwrap(), 2);
    assert!(Graph::of::<r#loop>().to_string().starts_with("loop "));
}
