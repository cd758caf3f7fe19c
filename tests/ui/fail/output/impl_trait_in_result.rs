use hueless::dependency;

#[dependency]
fn names() -> Result<Vec<impl ToString>, String> { //~ ERROR a dependency cannot return `impl Trait`, as the type of its value needs a name
    Ok(vec!["Ada"])
}

fn main() {}
