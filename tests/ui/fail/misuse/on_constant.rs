use hueless::dependency;

#[dependency]
const SIZE: usize = 1; //~ ERROR `#[dependency]` goes on a function or a struct with named fields; move it there

fn main() {
    let _ = SIZE;
}
