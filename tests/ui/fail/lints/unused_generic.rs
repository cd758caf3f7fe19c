#![deny(dead_code)]

use hueless::dependency;

#[dependency]
fn page<const SIZE: usize>() -> usize { //~ ERROR function `page` is never used
    SIZE
}

fn main() {}
