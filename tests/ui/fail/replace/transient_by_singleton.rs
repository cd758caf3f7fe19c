use hueless::{App, Call, dependency};

#[dependency(transient)]
fn buffer() -> Vec<u8> {
    Vec::new()
}

#[dependency(singleton)]
fn one_buffer() -> Vec<u8> {
    Vec::new()
}

fn main() {
    let _ = App::builder().on::<Call>().replace::<buffer, one_buffer>(); //~ ERROR `one_buffer` does not live as long as `buffer`
}
