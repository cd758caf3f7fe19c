use hueless::handler;

#[handler(seat = 3)] //~ ERROR `seat` takes no value; write `seat`
fn read() {}

fn main() {}
