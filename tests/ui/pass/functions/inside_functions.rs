#![deny(warnings)]

use hueless::{App, Call, Depends, dependency, handler};

#[dependency]
fn outer() -> u8 {
    1
}

#[handler]
async fn read(outer: Depends<outer>) -> u8 {
    #[dependency]
    fn inner(outer: Depends<outer>) -> u8 {
        *outer + 1
    }

    #[handler]
    fn again(inner: Depends<inner>) -> u8 {
        *inner + 1
    }

    *outer + App::new().run(again::handler, Call::new()).await.unwrap()
}

#[tokio::main(flavor = "current_thread")]
async fn main() {
    #[dependency]
    struct Local {
        outer: Depends<outer>,
    }

    #[handler]
    fn local(local: Depends<Local>) -> u8 {
        *local.outer
    }

    let app = App::new();
    assert_eq!(app.run(read::handler, Call::new()).await.unwrap(), 4);
    assert_eq!(app.run(local::handler, Call::new()).await.unwrap(), 1);
}
