//! The strings of a source file.

/// All string literals of a source, as they are at run time. Comments are left out.
pub(crate) fn literals(source: &str) -> Vec<String> {
    let mut literals = Vec::new();
    let mut rest = source;
    while let Some(next) = rest.find(['"', '/', '\'', 'r']) {
        rest = &rest[next..];
        if rest.starts_with("//") {
            rest = rest.find('\n').map_or("", |end| &rest[end..]);
        } else if let Some(hashes) = raw(rest) {
            let end = format!("\"{}", "#".repeat(hashes));
            let text = &rest[hashes + 2..];
            let (literal, after) = text.split_once(&end).unwrap_or((text, ""));
            literals.push(literal.to_owned());
            rest = after;
        } else if let Some(text) = rest.strip_prefix('"') {
            let (literal, after) = plain(text);
            literals.push(literal);
            rest = after;
        } else if rest.starts_with("'\"'") {
            rest = &rest[3..];
        } else {
            rest = &rest[1..];
        }
    }
    literals
}

/// With how many `#` a raw string begins here, if one does.
fn raw(source: &str) -> Option<usize> {
    let rest = source.strip_prefix('r')?;
    let hashes = rest.len() - rest.trim_start_matches('#').len();
    rest[hashes..].starts_with('"').then_some(hashes)
}

/// The string up to its quote, and what follows.
fn plain(source: &str) -> (String, &str) {
    let mut literal = String::new();
    let mut characters = source.char_indices();
    while let Some((index, character)) = characters.next() {
        match character {
            '"' => return (literal, &source[index + 1..]),
            '\\' => match characters.next() {
                // The line goes on where the next one has its first letter.
                Some((_, '\n')) => {
                    let rest = characters.as_str().trim_start();
                    characters = source[source.len() - rest.len()..].char_indices();
                    let (end, after) = plain(characters.as_str());
                    return (literal + &end, after);
                }
                Some((_, 'n')) => literal.push('\n'),
                Some((_, escaped)) => literal.push(escaped),
                None => break,
            },
            character => literal.push(character),
        }
    }
    (literal, "")
}

#[test]
fn strings_are_found_and_comments_are_not() {
    let source = r##"
        // "no"
        let a = "one \"two\" three"; /// "nor this"
        let b = '"';
        let c = "four \
                 five";
        let d = r#"six "seven""#;
    "##;
    let found = literals(source);
    assert_eq!(found, ["one \"two\" three", "four five", "six \"seven\""]);
}
