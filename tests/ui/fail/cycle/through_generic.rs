use hueless::{Depends, dependency};

#[dependency]
fn page<const SIZE: usize>(list: Depends<list>) -> usize {
    SIZE + *list
}

#[dependency]
fn list(page: Depends<page<10>>) -> usize { //~ ERROR dependency cycle: list -> page -> list
    *page
}

fn main() {}
