use std::cell::Cell;

use hueless::dependency;

#[dependency]
async fn counter() -> Result<Cell<u32>, String> { //~ ERROR `Cell<u32>` cannot be shared between threads safely
    Ok(Cell::new(1))
}

fn main() {}
