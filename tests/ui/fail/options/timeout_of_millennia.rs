use hueless::dependency;

#[dependency(timeout = "6000000h")] //~ ERROR `timeout` is longer than 584 years; write less, or remove `timeout`
fn db() -> u8 {
    1
}

fn main() {}
