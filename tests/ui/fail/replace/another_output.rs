use hueless::{App, Call, dependency};

#[dependency]
fn db() -> u32 {
    1
}

#[dependency]
fn fake_db() -> String {
    "fake".to_owned()
}

fn main() {
    let _ = App::builder()
        .on::<Call>()
        .replace::<db, fake_db>(); //~ ERROR type mismatch resolving `<fake_db as Provider>::Output == u32`
}
