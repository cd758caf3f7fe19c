use hueless::handler;

#[handler]
fn greet(name: &str) { //~ ERROR a handler cannot borrow, as its parameters may cross to another thread; take an owned value, or a dependency through `Depends`
    println!("{name}");
}

fn main() {}
