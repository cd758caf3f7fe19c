use std::rc::Rc;

use hueless::handler;

#[handler]
async fn read() -> Result<Rc<u32>, String> { //~ ERROR `Rc<u32>` cannot be sent between threads safely
    Ok(Rc::new(1))
}

fn main() {}
