use hueless::{Depends, dependency, handler};

#[dependency]
fn user() -> u8 {
    1
}

type CurrentUser = Depends<user>;

#[handler]
fn read(#[depends(user)] user: CurrentUser) -> u8 { //~ ERROR `#[depends]` takes no options; write `#[depends]`
    *user
}

fn main() {}
