use hueless::dependency;

#[dependency]
fn page<#[cfg(all())] T>() -> u8 { //~ ERROR a generic parameter of a dependency cannot be conditional; put `#[cfg]` on the whole item
    1
}

fn main() {}
