use hueless::{Depends, dependency};

#[dependency(singleton)]
fn settings() -> u8 {
    1
}

#[dependency]
struct Page {
    settings: Depends<settings>,
}

#[dependency(singleton)]
fn pool(page: Depends<Page>) -> u8 { //~ ERROR a singleton lives longer than a request: pool -> Page, and `Page` is made for each request
    *page.settings
}

fn main() {}
