use hueless::{Depends, handler};

#[handler]
fn greet(db: Depends) { //~ ERROR missing generics for struct `Depends`
    drop(db);
}

fn main() {}
