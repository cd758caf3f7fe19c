#![deny(warnings)]

use hueless::{App, Call, Depends, Input, dependency, handler};

#[derive(Clone)]
pub struct Point {
    x: u8,
    y: u8,
}

#[dependency]
fn sum(Input(Point { x, y }): Input<Point>, Input((a, [b, ..])): Input<(u8, [u8; 3])>) -> u8 {
    x + y + a + b
}

#[handler]
async fn read(
    _: Depends<sum>,
    sum: Depends<sum>,
    Input(whole @ Point { x, .. }): Input<Point>,
) -> u8 {
    *sum + x + whole.y
}

#[handler]
fn tuple((): (), sum: Depends<sum>) -> u8 {
    *sum
}

#[tokio::main(flavor = "current_thread")]
async fn main() {
    let call = Call::new()
        .with(Point { x: 1, y: 2 })
        .with((3_u8, [4_u8, 5, 6]));
    assert_eq!(App::new().run(read::handler, call).await.unwrap(), 13);
    assert_eq!(tuple((), Depends::new(7)), 7);
}
