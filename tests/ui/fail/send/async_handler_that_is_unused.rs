use std::sync::Mutex;

use hueless::{Depends, dependency, handler};

#[dependency(singleton)]
fn names() -> Mutex<Vec<String>> {
    Mutex::new(Vec::new())
}

async fn pause() {}

#[handler]
async fn add(names: Depends<names>) { //~ ERROR future cannot be sent between threads safely
    let mut names = names.lock().unwrap();
    pause().await;
    names.push("Ada".to_owned());
}

fn main() {}
