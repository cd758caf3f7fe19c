use hueless::dependency;

#[dependency(timeout = "0s")] //~ ERROR `timeout` leaves no time; write more than zero, or remove `timeout`
fn db() -> u8 {
    1
}

fn main() {}
