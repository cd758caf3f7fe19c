use hueless::dependency;

#[dependency(limit = 8, queue = -1)] //~ ERROR `queue` takes a whole number; write `queue = 8`
fn db() -> u8 {
    1
}

fn main() {}
