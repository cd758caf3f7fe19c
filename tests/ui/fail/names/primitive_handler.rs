use hueless::handler;

#[handler]
async fn u64() {} //~ ERROR the type `u64` beside it would hide the primitive type; give it another name

fn main() {}
