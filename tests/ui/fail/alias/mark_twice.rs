use hueless::{Depends, dependency, handler};

#[dependency]
fn user() -> u8 {
    1
}

type CurrentUser = Depends<user>;

#[handler]
fn read(
    #[depends]
    #[depends] //~ ERROR `#[depends]` is given twice; remove one
    user: CurrentUser,
) -> u8 {
    *user
}

fn main() {}
