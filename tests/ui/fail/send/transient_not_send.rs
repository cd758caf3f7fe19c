use std::rc::Rc;

use hueless::dependency;

#[dependency(transient, inline)]
fn buffer() -> Rc<u32> { //~ ERROR `Rc<u32>` cannot be sent between threads safely
    Rc::new(1)
}

fn main() {}
