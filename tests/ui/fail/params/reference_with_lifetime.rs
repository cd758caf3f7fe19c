use hueless::dependency;

#[dependency]
fn greeting<'a>(name: &'a String) -> u8 { //~ ERROR a dependency cannot borrow, as its parameters may cross to another thread; take an owned value, or a dependency through `Depends`
    u8::try_from(name.len()).unwrap()
}

fn main() {}
