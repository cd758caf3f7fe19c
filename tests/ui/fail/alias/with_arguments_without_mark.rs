use hueless::{Depends, dependency, handler};

#[dependency]
fn made<T: Default + Send + Sync>() -> T {
    T::default()
}

type Made<T> = Depends<made<T>>;

#[handler]
fn read(made: Made<u8>) -> u8 { //~ ERROR `Made<u8>` is `Depends<…>` under another name; mark the parameter with `#[depends]`
    *made
}

fn main() {}
