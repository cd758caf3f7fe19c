use hueless::dependency;

#[dependency(crate = self::hueless)] //~ ERROR `crate` takes an absolute path; write `crate = ::hueless`
fn db() -> u8 {
    1
}

fn main() {}
