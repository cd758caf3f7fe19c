use std::cell::Cell;

use hueless::{Depends, dependency};

#[dependency(transient)]
fn counter() -> Cell<u32> {
    Cell::new(1)
}

#[dependency]
struct Page { //~ ERROR `Cell<u32>` cannot be shared between threads safely
    counter: Depends<counter>,
}

fn main() {}
