use hueless::dependency;

#[dependency(inline, executor)] //~ ERROR `executor` contradicts `inline`, as it is polled by the executor or called in place; remove one
fn user() -> u8 {
    1
}

fn main() {}
