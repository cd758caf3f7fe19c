use hueless::dependency;

#[dependency(limit = 4294967296)] //~ ERROR `limit` is at most 4294967295; write less, or remove `limit`
fn db() -> u8 {
    1
}

fn main() {}
