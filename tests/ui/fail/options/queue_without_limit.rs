use hueless::dependency;

#[dependency(queue = 8)] //~ ERROR `queue` bounds how many wait for a slot of a `limit`; add `limit = 8`, or remove `queue`
fn db() -> u8 {
    1
}

fn main() {}
