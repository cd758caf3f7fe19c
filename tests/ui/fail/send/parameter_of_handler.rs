use std::rc::Rc;

use hueless::{Depends, dependency, handler};

#[dependency]
fn db() -> u8 {
    1
}

#[handler]
fn greet(db: Depends<db>, name: Rc<String>) { //~ ERROR `Rc<String>` cannot be sent between threads safely
    println!("{db:?} {name}");
}

fn main() {}
