use std::rc::Rc;

use hueless::dependency;

#[dependency]
struct Page { //~ ERROR `Rc<String>` cannot be sent between threads safely //~ ERROR `Rc<String>` cannot be shared between threads safely
    name: Rc<String>, //~ ERROR `Rc<String>` cannot be sent between threads safely
}

fn main() {}
