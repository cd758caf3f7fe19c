use hueless::{App, handler};
use line_protocol::Router;

struct Page;

#[handler]
fn read() -> Page {
    Page
}

fn main() {
    let _ = Router::new(App::new()).route("READ", read::handler); //~ ERROR a line cannot be answered with `Page`
}
