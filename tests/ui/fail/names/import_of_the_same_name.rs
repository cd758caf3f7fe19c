use hueless::dependency;

mod shapes {
    pub struct Page {}
}

use shapes::Page as page;

#[dependency]
fn page() -> u8 { //~ ERROR the name `page` is defined multiple times
    1
}

fn main() {
    let _ = shapes::Page {};
}
