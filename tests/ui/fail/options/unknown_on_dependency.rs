use hueless::dependency;

#[dependency(scope = "request")] //~ ERROR unknown option `scope`; the options of `#[dependency]` are `guard`, `singleton`, `transient`, `inline`, `cpu`, `executor`, `requires`, `after`, `timeout`, `teardown`, `after_response`, `limit`, `queue`, `crate`
fn db() -> u8 {
    1
}

fn main() {}
