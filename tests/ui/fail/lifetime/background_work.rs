use hueless::{Background, Depends, dependency};

#[dependency(singleton)]
fn pool(background: Depends<Background>) -> usize { //~ ERROR a singleton lives longer than a request: pool -> Background, and `Background` is made for each request
    background.len()
}

fn main() {}
