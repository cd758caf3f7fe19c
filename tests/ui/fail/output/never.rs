use hueless::dependency;

#[dependency]
fn forever() -> ! { //~ ERROR a dependency has to return; write the type of its value
    loop {}
}

fn main() {}
