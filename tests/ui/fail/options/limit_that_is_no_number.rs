use hueless::dependency;

#[dependency(limit = MAX)] //~ ERROR `limit` takes a whole number; write `limit = 8`
fn db() -> u8 {
    1
}

fn main() {}
