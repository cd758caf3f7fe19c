use hueless::{Depends, dependency};

#[dependency]
fn first(second: Depends<second>) -> u8 { //~ ERROR dependency cycle: first -> second -> first
    *second
}

#[dependency]
fn second(first: Depends<first>) -> u8 {
    *first
}

#[dependency]
fn third(fourth: Depends<fourth>) -> u8 { //~ ERROR dependency cycle: third -> fourth -> third
    *fourth
}

#[dependency]
fn fourth(third: Depends<third>) -> u8 {
    *third
}

fn main() {}
