use hueless::{App, dependency};

#[dependency(transient)]
fn buffer() -> Vec<u8> {
    Vec::new()
}

fn main() {
    let _ = App::builder().replace_with::<buffer>(Vec::new()); //~ ERROR a value that lives as `hueless::Transient` cannot be shared
}
