use hueless::dependency;

#[dependency(teardown = CLOSE)] //~ ERROR `u8` cannot end the value of `db`
fn db() -> u8 {
    1
}

const CLOSE: u8 = 1;

fn main() {}
