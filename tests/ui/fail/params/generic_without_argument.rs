use hueless::{Depends, dependency, handler};

#[dependency]
fn page<const SIZE: usize>() -> usize {
    SIZE
}

#[handler]
fn list(page: Depends<page>) -> usize { //~ ERROR missing generics for struct `page`
    *page
}

fn main() {}
