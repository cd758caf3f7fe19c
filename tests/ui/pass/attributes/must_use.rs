#![deny(warnings)]

use hueless::{App, Call, Depends, dependency, handler};

#[must_use]
#[dependency]
pub fn above() -> u8 {
    1
}

#[dependency]
#[must_use = "it is a sum"]
pub async fn below(above: Depends<above>) -> u8 {
    *above + 1
}

#[handler]
#[must_use]
pub fn read(below: Depends<below>) -> u8 {
    *below + 1
}

#[tokio::main(flavor = "current_thread")]
async fn main() {
    assert_eq!(App::new().run(read::handler, Call::new()).await.unwrap(), 3);
}
