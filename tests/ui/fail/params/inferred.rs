use hueless::handler;

#[handler]
fn greet(name: Option<_>) { //~ ERROR the placeholder `_` is not allowed within types on item signatures for functions
    drop(name);
}

fn main() {}
