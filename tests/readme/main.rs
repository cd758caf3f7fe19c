//! The code of README.md. What a file here has between `// README` and `// end` is a block of it, in
//! this order; the rest of the file is what README.md leaves out for its readers.

mod digest;
mod double;
#[path = "../fenced.rs"]
mod fenced;
mod items;
#[expect(
    clippy::needless_pass_by_value,
    reason = "a teardown is given what it ends"
)]
mod transaction;
mod year;

use std::fs;
use std::path::Path;

use self::fenced::fenced;

const BEGIN: &str = "// README";
const END: &str = "// end";

const SHOWN: [&str; 5] = [
    include_str!("items.rs"),
    include_str!("transaction.rs"),
    include_str!("year.rs"),
    include_str!("digest.rs"),
    include_str!("double.rs"),
];

#[test]
fn readme_shows_what_is_compiled() {
    let readme = Path::new(env!("CARGO_MANIFEST_DIR")).join("../README.md");
    let readme = fs::read_to_string(readme).expect("README.md can be read");
    let blocks = fenced(&readme, "rust");
    assert_eq!(blocks.len(), SHOWN.len());
    for (block, source) in blocks.into_iter().zip(SHOWN) {
        assert_eq!(block, shown(source));
    }
}

/// The parts of a source that are shown, moved to the left, with an empty line between them.
fn shown(source: &str) -> String {
    let mut lines = source.lines();
    let mut parts = Vec::new();
    while let Some(begin) = lines.find(|line| line.trim() == BEGIN) {
        let indent = begin.len() - begin.trim_start().len();
        let part: String = lines
            .by_ref()
            .take_while(|line| line.trim() != END)
            .map(|line| line.get(indent..).unwrap_or_default().to_owned() + "\n")
            .collect();
        parts.push(part);
    }
    parts.join("\n")
}
