use hueless::{Depends, dependency, handler};

#[dependency]
fn user() -> u8 {
    1
}

type CurrentUser = Depends<user>;

#[handler]
fn read(user: CurrentUser) -> u8 { //~ ERROR `CurrentUser` is `Depends<…>` under another name; mark the parameter with `#[depends]`
    *user
}

fn main() {}
