use hueless::handler;

struct Name<'a>(&'a str);

#[handler]
fn greet(name: Name) { //~ ERROR implicit elided lifetime not allowed here //~ ERROR missing lifetime specifier (3 times)
    println!("{}", name.0);
}

fn main() {}
