use hueless::{Depends, Outcome, dependency};

#[dependency(teardown = close<T>)] //~ ERROR arguments of a function follow `::`; write `teardown = close::<T>`
fn made<T: Default + Send + Sync>() -> T {
    T::default()
}

fn close<T: Default + Send + Sync + 'static>(_made: Depends<made<T>>, _outcome: Outcome) {}

fn main() {
    let _ = close::<u8>;
}
