use std::cell::Cell;

use hueless::dependency;

#[dependency(singleton)]
fn counter() -> Cell<u32> { //~ ERROR `Cell<u32>` cannot be shared between threads safely
    Cell::new(1)
}

fn main() {}
