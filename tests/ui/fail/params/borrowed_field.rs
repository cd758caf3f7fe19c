use hueless::dependency;

#[dependency]
struct Page<'a> {
    name: &'a str, //~ ERROR a dependency cannot borrow, as its fields may cross to another thread; take an owned value, or a dependency through `Depends`
}

fn main() {}
