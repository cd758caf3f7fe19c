use hueless::dependency;

#[dependency(sequential)] //~ ERROR `sequential` belongs on a handler; remove it from `#[dependency]`
fn db() -> u8 {
    1
}

fn main() {}
