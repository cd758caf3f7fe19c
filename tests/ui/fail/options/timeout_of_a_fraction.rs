use hueless::dependency;

#[dependency(timeout = "1.5s")] //~ ERROR a time is whole numbers, each with `us`, `ms`, `s`, `m` or `h`; write `timeout = "1m 30s"`
fn db() -> u8 {
    1
}

fn main() {}
