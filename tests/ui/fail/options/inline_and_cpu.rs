use hueless::dependency;

#[dependency(inline, cpu)] //~ ERROR `cpu` contradicts `inline`, as it runs in place or on the work-stealing pool; remove one
fn digest() -> u8 {
    1
}

fn main() {}
