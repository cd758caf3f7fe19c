use hueless::dependency;

#[dependency]
fn str() -> String { //~ ERROR the type `str` beside it would hide the primitive type; give it another name
    String::new()
}

fn main() {}
