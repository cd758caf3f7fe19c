use hueless::dependency;

#[dependency]
struct Page; //~ ERROR a dependency that is a struct needs named fields; write `{}` instead of `;`

fn main() {
    let _ = Page;
}
