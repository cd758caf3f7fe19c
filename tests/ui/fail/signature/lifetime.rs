use hueless::handler;

#[handler]
fn list<'a>() -> &'a str { //~ ERROR a handler cannot have lifetimes, as its values may cross to another thread and outlive the caller; take owned values, or dependencies through `Depends`
    "none"
}

fn main() {}
