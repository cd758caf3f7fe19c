use hueless::{Depends, dependency, handler};

#[dependency]
fn db() -> String {
    "row".to_owned()
}

#[handler]
fn read(db: Depends<db>) -> usize {
    let _length = db. ; //~ ERROR unexpected token: `;`
    1
}

fn main() {}
