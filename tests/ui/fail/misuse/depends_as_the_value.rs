use hueless::{Depends, dependency, handler};

#[dependency]
fn name() -> String {
    "Ada".to_owned()
}

#[handler]
fn read(name: Depends<name>) -> String {
    name //~ ERROR mismatched types
}

fn main() {}
