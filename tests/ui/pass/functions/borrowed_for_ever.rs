//! What borrows from nobody may be a parameter.
#![deny(warnings)]

use std::borrow::Cow;

use hueless::{App, Call, Input, dependency, handler};

#[dependency]
fn name(Input(name): Input<&'static str>, Input(title): Input<Cow<'static, str>>) -> &'static str {
    if title == "Dr" { name } else { "nobody" }
}

#[dependency]
fn lengths(Input(length): Input<fn(&str) -> usize>) -> Vec<usize> {
    ["a", "bc"].map(length).to_vec()
}

#[dependency]
fn callback() -> Box<dyn Fn(&str) -> usize + Send + Sync> {
    Box::new(str::len)
}

#[handler]
fn read(
    name: hueless::Depends<name>,
    lengths: hueless::Depends<lengths>,
    callback: hueless::Depends<callback>,
) -> usize {
    name.len() + lengths.len() + callback("four")
}

#[tokio::main(flavor = "current_thread")]
async fn main() {
    let call = Call::new()
        .with("Ada")
        .with(Cow::Borrowed("Dr"))
        .with::<fn(&str) -> usize>(|text| text.len());
    assert_eq!(App::new().run(read::handler, call).await.unwrap(), 9);
}
