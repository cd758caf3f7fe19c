use hueless::dependency;

#[dependency]
fn made<T: Default>() -> T { //~ ERROR `T` cannot be sent between threads safely //~ ERROR `T` cannot be shared between threads safely
    T::default()
}

fn main() {}
