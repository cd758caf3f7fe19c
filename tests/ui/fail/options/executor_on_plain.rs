use hueless::dependency;

#[dependency(executor)] //~ ERROR `executor` is for an `async fn`, as a plain `fn` runs on the blocking lane; remove `executor`
fn user() -> u8 {
    1
}

fn main() {}
