use hueless::dependency;

mod db {}

#[dependency]
fn db() -> u8 { //~ ERROR the name `db` is defined multiple times //~ ERROR expected type, found module `db`
    1
}

fn main() {}
