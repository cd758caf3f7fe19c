use hueless::handler;

#[handler("inline")] //~ ERROR expected an option, one of `inline`, `cpu`, `sequential`, `seat`, `requires`, `after`, `timeout`, `crate`
fn ping() {}

fn main() {}
