use hueless::{Depends, dependency};

#[dependency(teardown = Self::close)] //~ ERROR `fn(Depends<Page>) {Page::close}` cannot end the value of `Page`
struct Page {}

impl Page {
    fn close(_page: Depends<Page>) {}
}

fn main() {}
