use hueless::{Depends, handler};

fn forgot() -> u8 {
    1
}

#[handler]
fn read(value: Depends<forgot>) -> u8 { //~ ERROR expected type, found function `forgot` //~ ERROR constant provided when a type was expected
    *value
}

fn main() {}
