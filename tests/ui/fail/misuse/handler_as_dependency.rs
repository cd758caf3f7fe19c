use hueless::{Depends, handler};

#[handler]
fn first() -> u8 {
    1
}

#[handler] //~ ERROR `first` is not a dependency
fn second(first: Depends<first>) -> u8 { //~ ERROR `first` is not a dependency (6 times)
    let _ = first;
    1
}

fn main() {}
