#![deny(warnings)]

use hueless::{App, Call, Depends, Input, dependency, handler};

#[dependency(transient)]
fn buffer() -> Vec<u8> {
    vec![1]
}

#[dependency]
fn filled(mut buffer: Depends<buffer>, Input(mut more): Input<u8>) -> Vec<u8> {
    more += 1;
    buffer.push(more);
    buffer.to_vec()
}

#[handler]
async fn read(
    mut buffer: Depends<buffer>,
    filled: Depends<filled>,
    mut last: Input<u8>,
) -> Vec<u8> {
    last.0 += 10;
    buffer.extend_from_slice(&filled);
    buffer.push(last.0);
    std::mem::take(&mut *buffer)
}

#[tokio::main(flavor = "current_thread")]
async fn main() {
    let call = Call::new().with(1_u8);
    let read = App::new().run(read::handler, call).await.unwrap();
    assert_eq!(read, [1, 1, 2, 11]);
}
