use hueless::dependency;

#[dependency]
async fn count() -> Result<u64, String> {
    "one" //~ ERROR mismatched types
}

fn main() {}
