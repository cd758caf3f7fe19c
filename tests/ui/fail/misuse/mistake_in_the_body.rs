use hueless::{Depends, dependency, handler};

#[dependency]
fn db() -> String {
    "row".to_owned()
}

#[handler]
async fn read(db: Depends<db>) -> usize {
    db.size() //~ ERROR no method named `size` found for struct `Depends<db>` in the current scope
}

fn main() {}
