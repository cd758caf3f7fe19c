use hueless::openapi::{Descriptions, routes};

fn main() {
    let descriptions = Descriptions::new();
    routes!(descriptions;); //~ ERROR `routes!` takes descriptions and the paths of handlers; write `routes!(descriptions; list, items::add)`
}
