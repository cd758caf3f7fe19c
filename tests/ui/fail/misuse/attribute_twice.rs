use hueless::handler;

#[handler]
#[hueless::handler] //~ ERROR `#[handler]` is given twice; remove one
fn ping() {}

fn main() {
    ping();
}
