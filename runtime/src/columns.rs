//! How wide text is where each letter is as wide as the others.

/// How many columns a text takes, at most.
pub(crate) fn columns(text: &str) -> usize {
    text.chars().map(width).sum()
}

/// From the letters of Korean on most are twice as wide.
fn width(character: char) -> usize {
    match character {
        '…' => 1,
        character if character < '\u{1100}' => 1,
        _ => 2,
    }
}

/// A text with as many spaces behind it as make it so wide.
pub(crate) fn padded(text: &str, width: usize) -> String {
    let missing = width.saturating_sub(columns(text));
    format!("{text}{}", " ".repeat(missing))
}

#[test]
fn wide_letters_take_two_columns() {
    assert_eq!(columns("page<20>…"), 9);
    assert_eq!(columns("注文"), 4);
    assert_eq!(padded("注文", 6), "注文  ");
    assert_eq!(padded("long", 2), "long");
}
