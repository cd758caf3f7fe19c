use hueless::dependency;

struct ConfigError;

#[dependency(singleton)]
fn config() -> Result<u8, ConfigError> { //~ ERROR the error `ConfigError` of a singleton is not `Clone + Send + Sync`
    Err(ConfigError)
}

fn main() {}
