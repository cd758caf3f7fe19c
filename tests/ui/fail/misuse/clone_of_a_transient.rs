use hueless::{Depends, dependency, handler};

#[dependency(transient)]
fn buffer() -> Vec<u8> {
    Vec::new()
}

#[handler]
fn read(buffer: Depends<buffer>) -> usize {
    let second: Depends<buffer> = buffer.clone(); //~ ERROR mismatched types
    second.len()
}

fn main() {}
