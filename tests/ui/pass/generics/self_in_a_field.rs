//! `Self` in the type of a field.

use hueless::{Depends, Input, dependency, handler};

#[dependency]
#[derive(Clone)]
struct Page {
    parents: Input<Vec<Self>>,
    bytes: Input<[u8; Self::SIZE]>,
}

impl Page {
    const SIZE: usize = 4;
}

#[handler]
fn read(page: Depends<Page>) -> usize {
    page.parents.len() + page.bytes.len()
}

fn main() {}
