use hueless::handler;

struct Service;

impl Service {
    #[handler]
    fn ping(&self) {} //~ ERROR a handler cannot be a method; move it out of the `impl` and take what it needs as parameters
}

fn main() {
    Service.ping();
}
