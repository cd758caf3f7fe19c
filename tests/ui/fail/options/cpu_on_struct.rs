use hueless::dependency;

#[dependency(cpu)] //~ ERROR `cpu` is for a function, as a struct is built in place; remove `cpu`
struct Page {}

fn main() {}
