use hueless::handler;

trait Service {
    #[handler]
    fn ping(); //~ ERROR a handler needs a body; put `#[handler]` on a free function
}

fn main() {}
