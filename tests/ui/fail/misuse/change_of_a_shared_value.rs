use hueless::{Depends, dependency, handler};

#[dependency]
fn count() -> u64 {
    1
}

#[handler]
fn read(count: Depends<count>) -> u64 {
    *count += 1; //~ ERROR cannot assign to data in dereference of `Depends<count>`
    *count
}

fn main() {}
