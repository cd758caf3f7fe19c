#![deny(warnings)]

use hueless::{App, Call, Depends, dependency, handler};

#[dependency(inline)]
fn page<const SIZE: usize, const FILL: char>() -> [char; SIZE] {
    [FILL; SIZE]
}

#[handler]
fn list<const SIZE: usize>(
    page: Depends<page<SIZE, 'x'>>,
    more: Depends<page<{ 1 + 1 }, 'y'>>,
) -> String {
    page.iter().chain(more.iter()).collect()
}

#[tokio::main(flavor = "current_thread")]
async fn main() {
    let read = App::new()
        .run(list::<3>::handler, Call::new())
        .await
        .unwrap();
    assert_eq!(read, "xxxyy");
}
