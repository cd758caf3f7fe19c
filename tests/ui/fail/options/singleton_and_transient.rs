use hueless::dependency;

#[dependency(transient, singleton)] //~ ERROR `singleton` contradicts `transient`, as it is made once or for each use; remove one
fn pool() -> u8 {
    1
}

fn main() {}
