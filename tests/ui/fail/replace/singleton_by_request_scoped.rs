use hueless::{App, Call, dependency};

#[dependency(singleton)]
fn pool() -> u32 {
    1
}

#[dependency]
fn fake_pool() -> u32 {
    2
}

fn main() {
    let _ = App::builder().on::<Call>().replace::<pool, fake_pool>(); //~ ERROR `fake_pool` does not live as long as `pool`
}
