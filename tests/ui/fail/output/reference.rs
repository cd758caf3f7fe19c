use hueless::dependency;

#[dependency]
fn name() -> &str { //~ ERROR missing lifetime specifier
    "Ada"
}

fn main() {}
