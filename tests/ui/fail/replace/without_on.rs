use hueless::{App, dependency};

#[dependency]
fn db() -> u32 {
    1
}

#[dependency]
fn fake_db() -> u32 {
    2
}

fn main() {
    let _ = App::builder().replace::<db, fake_db>(); //~ ERROR this is said of one context, and none was named
}
