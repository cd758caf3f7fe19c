use hueless::dependency;

#[dependency(limit = 0)] //~ ERROR `limit = 0` lets no value live; write at least 1, or remove `limit`
fn db() -> u8 {
    1
}

fn main() {}
