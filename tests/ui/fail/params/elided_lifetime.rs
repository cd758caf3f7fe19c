use std::borrow::Cow;

use hueless::handler;

#[handler]
async fn greet(name: Cow<'_, str>) { //~ ERROR a handler cannot borrow, as its parameters may cross to another thread; take an owned value, or a dependency through `Depends`
    println!("{name}");
}

fn main() {}
