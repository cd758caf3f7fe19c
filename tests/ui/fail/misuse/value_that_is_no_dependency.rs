use hueless::{Depends, handler};

#[handler] //~ ERROR `u32` is not a dependency
fn read(value: Depends<u32>) -> u32 { //~ ERROR `u32` is not a dependency (6 times)
    let _ = value;
    1
}

fn main() {}
