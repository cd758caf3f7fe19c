use hueless::dependency;

#[dependency(guard, singleton)] //~ ERROR `singleton` contradicts `guard`, as each request has to pass a guard; remove one
fn user() -> u8 {
    1
}

fn main() {}
