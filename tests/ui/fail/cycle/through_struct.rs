use hueless::{Depends, dependency};

#[dependency]
struct Page { //~ ERROR dependency cycle: Page -> title -> Page
    title: Depends<title>,
}

#[dependency]
fn title(page: Depends<Page>) -> String {
    page.title.to_string()
}

fn main() {}
