use hueless::handler;

#[handler]
struct Page { //~ ERROR `#[handler]` goes on a function; move it there
    id: u8,
}

fn main() {
    let _ = Page { id: 1 }.id;
}
