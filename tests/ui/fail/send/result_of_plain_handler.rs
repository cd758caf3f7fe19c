use std::rc::Rc;

use hueless::handler;

#[handler]
fn read() -> Rc<u32> { //~ ERROR `Rc<u32>` cannot be sent between threads safely
    Rc::new(1)
}

fn main() {}
