use hueless::dependency;

#[dependency(guard, transient)] //~ ERROR `transient` contradicts `guard`, as a request passes a guard once; remove one
fn user() -> u8 {
    1
}

fn main() {}
