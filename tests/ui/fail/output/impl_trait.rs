use hueless::dependency;

#[dependency]
async fn clock() -> impl Fn() -> u64 { //~ ERROR a dependency cannot return `impl Trait`, as the type of its value needs a name; write the type, or box it: `Box<dyn Trait + Send + Sync>`
    || 1
}

fn main() {}
