use hueless::dependency;

#[dependency(teardown = close)] //~ ERROR `fn() {close}` cannot end the value of `db`
fn db() -> u8 {
    1
}

fn close() {}

fn main() {}
