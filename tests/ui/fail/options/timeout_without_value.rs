use hueless::dependency;

#[dependency(timeout)] //~ ERROR `timeout` takes a time; write `timeout = "2s"`
fn db() -> u8 {
    1
}

fn main() {}
