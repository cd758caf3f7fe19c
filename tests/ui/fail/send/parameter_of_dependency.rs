use std::rc::Rc;

use hueless::dependency;

#[dependency]
fn greeting(name: Rc<String>) -> String { //~ ERROR `Rc<String>` cannot be sent between threads safely
    name.to_string()
}

fn main() {}
