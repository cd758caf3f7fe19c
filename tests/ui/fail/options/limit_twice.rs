use hueless::dependency;

#[dependency(limit = 8, limit = 9)] //~ ERROR duplicate option `limit`; keep the first `limit = …`
fn db() -> u8 {
    1
}

fn main() {}
