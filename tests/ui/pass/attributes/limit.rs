//! `limit`, `queue` and `seat`.

use hueless::{App, Call, Depends, Limit, Provider, dependency, handler};

#[dependency(guard, limit = 8)]
async fn admitted() -> () {}

#[dependency(transient, cpu, limit = 2, queue = 0)]
fn buffer<const SIZE: usize>() -> Result<Vec<u8>, String> {
    Ok(vec![0; SIZE])
}

#[dependency(queue = 0x10, limit = 1_000)]
struct Page {
    buffer: Depends<buffer<3>>,
}

#[handler(seat, inline)]
fn show(_admitted: Depends<admitted>, page: Depends<Page>) -> usize {
    page.buffer.len()
}

fn main() {
    let limit = <Page as Provider>::meta().limit;
    assert_eq!(limit, Some(Limit { values: 1000, queue: Some(16) }));
    let runtime = tokio::runtime::Builder::new_current_thread().build().unwrap();
    let shown = runtime.block_on(App::new().run(show::handler, Call::new()));
    assert_eq!(shown.unwrap(), 3);
}
