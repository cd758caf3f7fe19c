use hueless::dependency;

#[dependency(inline, timeout = "2s")] //~ ERROR `timeout` contradicts `inline`, as what runs in place cannot be given up; remove one
fn db() -> u8 {
    1
}

fn main() {}
