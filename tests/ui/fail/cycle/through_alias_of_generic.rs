//! All of it is generic, and an alias without arguments hides that from the handler.

use hueless::{Depends, dependency, handler};

#[dependency]
fn page<T: Send + Sync + 'static>(list: Depends<list<T>>) -> usize {
    *list
}

#[dependency]
fn list<T: Send + Sync + 'static>(page: Depends<page<T>>) -> usize {
    *page
}

type Page = page<u8>;

#[handler]
fn read(page: Depends<Page>) -> String { //~ ERROR dependency cycle: page -> list -> page
    page.to_string()
}

fn main() {}
