use hueless::{App, Call, dependency};

#[dependency]
fn db() -> u32 {
    1
}

struct FakeDb;

fn main() {
    let _ = App::builder().on::<Call>().replace::<db, FakeDb>(); //~ ERROR `FakeDb` is not a dependency //~ ERROR the dependency `FakeDb` cannot be resolved in the context `Call`
}
