use hueless::{Depends, dependency};

type CurrentUser = Depends<user>;

#[dependency]
fn session(#[depends] user: CurrentUser) -> u8 { //~ ERROR dependency cycle: session -> user -> session
    *user
}

#[dependency]
fn user(session: Depends<session>) -> u8 {
    *session
}

fn main() {}
