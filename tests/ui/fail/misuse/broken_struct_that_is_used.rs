use hueless::{Depends, dependency, handler};

#[dependency(inline)] //~ ERROR `inline` is for a function, as a struct is built in place; remove `inline`
struct Page {
    #[depends]
    size: Size,
}

#[dependency]
fn size() -> usize {
    1
}

type Size = Depends<size>;

#[handler]
fn read(page: Depends<Page>) -> usize {
    *page.size
}

fn main() {
    let page = Page { size: Depends::new(1) };
    drop(read(Depends::new(page)));
}
