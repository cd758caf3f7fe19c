use std::rc::Rc;

use hueless::dependency;

async fn look_up(key: &str) -> usize {
    key.len()
}

#[dependency]
async fn user() -> usize { //~ ERROR future cannot be sent between threads safely
    let key = Rc::new("Ada");
    look_up(&key).await
}

fn main() {}
