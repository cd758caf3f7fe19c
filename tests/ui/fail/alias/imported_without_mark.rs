use hueless::{Depends as Needs, dependency, handler};

#[dependency]
fn user() -> u8 {
    1
}

#[handler]
fn read(user: Needs<user>) -> u8 { //~ ERROR `Needs<user>` is `Depends<…>` under another name; mark the parameter with `#[depends]`
    *user
}

fn main() {}
