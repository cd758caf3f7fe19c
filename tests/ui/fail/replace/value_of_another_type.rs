use hueless::{App, dependency};

#[dependency]
fn db() -> u32 {
    1
}

fn main() {
    let _ = App::builder().replace_with::<db>("fake"); //~ ERROR mismatched types
}
