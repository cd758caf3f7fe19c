use hueless::{Depends, dependency};

#[dependency(teardown = close::<T>)] //~ ERROR `fn(Depends<made<T>>) {close::<T>}` cannot end the value of `made<T>`
fn made<T: Default + Send + Sync>() -> T {
    T::default()
}

fn close<T: Default + Send + Sync + 'static>(_made: Depends<made<T>>) {}

fn main() {}
