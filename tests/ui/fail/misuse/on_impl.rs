use hueless::handler;

struct Service;

#[handler]
impl Service { //~ ERROR `#[handler]` goes on a function; move it there
    fn ping(&self) {}
}

fn main() {
    Service.ping();
}
