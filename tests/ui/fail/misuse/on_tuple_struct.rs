use hueless::dependency;

#[dependency]
struct Page(u8); //~ ERROR a dependency that is a struct needs named fields; write `{ name: Type }`

fn main() {
    let _ = Page(1);
}
