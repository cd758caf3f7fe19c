use hueless::{Depends, dependency, handler};

#[dependency]
fn made<T: Default + Send + Sync + 'static>() -> T {
    T::default()
}

type Made<T> = Depends<made<T>>;

#[handler]
fn read<T: Default + Send + Sync + 'static>(made: Made<T>) { //~ ERROR mismatched types
    drop(made);
}

fn main() {}
