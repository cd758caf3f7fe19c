use hueless::dependency;

#[dependency(teardown = close)] //~ ERROR cannot find value `close` in this scope
fn db() -> u8 {
    1
}

fn main() {}
