use hueless::{App, handler};

#[handler]
fn read() {}

fn main() {
    let _ = App::builder().serves(read::handler); //~ ERROR `NoContext` is not a context (2 times)
}
