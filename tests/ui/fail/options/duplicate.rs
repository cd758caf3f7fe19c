use hueless::dependency;

#[dependency(guard, inline, guard)] //~ ERROR duplicate option `guard`; keep the first `guard`
fn user() -> u8 {
    1
}

fn main() {}
