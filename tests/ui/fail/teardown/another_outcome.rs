use hueless::{Depends, dependency};

#[dependency(teardown = close)] //~ ERROR `fn(Depends<db>, bool) {close}` cannot end the value of `db`
fn db() -> u8 {
    1
}

fn close(_db: Depends<db>, _completed: bool) {}

fn main() {}
