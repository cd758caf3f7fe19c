use hueless::{Depends, dependency};

#[dependency]
fn user() -> u8 {
    1
}

type CurrentUser = Depends<user>;

#[dependency]
struct Page {
    user: CurrentUser, //~ ERROR `CurrentUser` is `Depends<…>` under another name; mark the field with `#[depends]`
}

fn main() {}
