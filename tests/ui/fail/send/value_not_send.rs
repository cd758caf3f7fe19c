use std::rc::Rc;

use hueless::dependency;

#[dependency]
fn config() -> Rc<u32> { //~ ERROR `Rc<u32>` cannot be sent between threads safely //~ ERROR `Rc<u32>` cannot be shared between threads safely
    Rc::new(1)
}

fn main() {}
