use hueless::dependency;

#[dependency]
fn audit() -> u8 {
    1
}

#[dependency(singleton, after(audit))] //~ ERROR `after` contradicts `singleton`, as a singleton is made outside of any request's plan; remove one
fn pool() -> u8 {
    1
}

fn main() {}
