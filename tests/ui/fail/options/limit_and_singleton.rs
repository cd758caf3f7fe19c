use hueless::dependency;

#[dependency(singleton, limit = 8)] //~ ERROR `limit` contradicts `singleton`, as there is one value of it; remove one
fn db() -> u8 {
    1
}

fn main() {}
