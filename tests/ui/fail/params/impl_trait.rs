use hueless::dependency;

#[dependency]
fn greeting(name: impl ToString) -> String { //~ ERROR a dependency cannot take `impl Trait`, as nothing says which type to resolve; write the type, or a generic parameter
    name.to_string()
}

fn main() {}
