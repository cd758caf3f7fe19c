use hueless::{App, Call, dependency};

#[dependency]
fn db() -> u32 {
    1
}

#[dependency(transient)]
fn fake_db() -> u32 {
    2
}

fn main() {
    let _ = App::builder().on::<Call>().replace::<db, fake_db>(); //~ ERROR `fake_db` does not live as long as `db`
}
