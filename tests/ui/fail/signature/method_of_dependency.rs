use hueless::dependency;

struct Service;

impl Service {
    #[dependency]
    async fn db(self) -> u8 { //~ ERROR a dependency cannot be a method; move it out of the `impl` and take what it needs as parameters
        1
    }
}

fn main() {}
