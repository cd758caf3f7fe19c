use hueless::dependency;

#[dependency(singleton = true)] //~ ERROR `singleton` takes no value; write `singleton`
fn db() -> u8 {
    1
}

fn main() {}
