use hueless::dependency;

#[dependency]
const fn size() -> u8 { //~ ERROR a dependency cannot be `const`, as it runs for a request; remove `const`
    1
}

fn main() {}
