use hueless::dependency;

#[dependency(timeout = "2min")] //~ ERROR `min` is no unit of time; write `us`, `ms`, `s`, `m` or `h`
fn db() -> u8 {
    1
}

fn main() {}
