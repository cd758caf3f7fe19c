use hueless::dependency;

#[dependency(cpu)] //~ ERROR `cpu` is for a plain `fn`, as an `async fn` stays on the executor; remove `cpu` or `async`
async fn digest() -> u8 {
    1
}

fn main() {}
