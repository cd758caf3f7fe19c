use hueless::dependency;

#[dependency(limit = 8)] //~ ERROR `limit` is not available in this version of hueless
fn db() -> u8 {
    1
}

fn main() {}
