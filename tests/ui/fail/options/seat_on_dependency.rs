use hueless::dependency;

#[dependency(seat)] //~ ERROR `seat` belongs on a handler; remove it from `#[dependency]`
fn db() -> u8 {
    1
}

fn main() {}
