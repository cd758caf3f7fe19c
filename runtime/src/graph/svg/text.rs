//! Text in a drawing: how wide it is, where it is broken, and how it is written.

use std::fmt::Write;

use super::layout::Point;
use crate::columns::columns;
use crate::xml::escaped;

/// How wide a character of a monospaced font is, measured in its size.
const ASPECT: f64 = 0.6;

/// Longer lines are broken between words, if there are several.
const LINE: usize = 34;
/// Longer words are cut in the middle.
const WORD: usize = 48;

/// Lines of one size.
#[derive(Debug, Clone, Copy)]
pub(super) enum Font {
    /// The name of a function.
    Name,
    /// What is said below it.
    Small,
}

impl Font {
    fn size(self) -> f64 {
        match self {
            Self::Name => 13.0,
            Self::Small => 11.0,
        }
    }

    /// From one line to the next.
    pub(super) fn line_height(self) -> f64 {
        match self {
            Self::Name => 17.0,
            Self::Small => 15.0,
        }
    }

    fn class(self) -> &'static str {
        match self {
            Self::Name => "name",
            Self::Small => "small",
        }
    }

    /// How wide a text is.
    pub(super) fn width(self, text: &str) -> f64 {
        columns(text) as f64 * self.size() * ASPECT
    }

    /// Writes a line of text whose upper left corner is at `corner`.
    pub(super) fn draw(self, svg: &mut String, corner: Point, text: &str) {
        let baseline = corner.y + (self.line_height() + self.size() * 0.7) / 2.0;
        let _ = writeln!(
            svg,
            "<text class=\"{}\" x=\"{}\" y=\"{}\" textLength=\"{}\" \
             lengthAdjust=\"spacingAndGlyphs\">{}</text>",
            self.class(),
            number(corner.x),
            number(baseline),
            number(self.width(text)),
            escaped(text)
        );
    }
}

/// Joins words into lines that are not too long.
pub(super) fn lines(words: &[String]) -> Vec<String> {
    let mut lines: Vec<String> = Vec::new();
    for (position, word) in words.iter().enumerate() {
        let comma = if position + 1 < words.len() { "," } else { "" };
        let word = format!("{}{comma}", cut(word));
        match lines.last_mut() {
            Some(line) if columns(line) + 1 + columns(&word) <= LINE => {
                line.push(' ');
                line.push_str(&word);
            }
            _ => lines.push(word),
        }
    }
    lines
}

/// The text, or its beginning and its end if it is too long.
pub(super) fn cut(text: &str) -> String {
    let characters: Vec<char> = text.chars().collect();
    if characters.len() <= WORD {
        return text.to_owned();
    }
    let kept = WORD / 2;
    let (beginning, end) = (
        &characters[..kept],
        &characters[characters.len() - kept + 1..],
    );
    beginning.iter().chain(&['…']).chain(end).collect()
}

/// A coordinate, as exact as anybody sees.
pub(super) fn number(coordinate: f64) -> f64 {
    // Adding 0 turns a negative zero, which would be written as such, into a zero.
    (coordinate * 10.0).round() / 10.0 + 0.0
}

#[cfg(test)]
mod tests {
    use super::{WORD, cut, lines};

    fn words(words: &[&str]) -> Vec<String> {
        words.iter().map(|&word| word.to_owned()).collect()
    }

    #[test]
    fn lines_are_broken_between_words() {
        let short = words(&["reads HeaderMap", "Path<u64>"]);
        assert_eq!(lines(&short), ["reads HeaderMap, Path<u64>"]);
        let long = words(&["reads HeaderMap", "Path<(u64, String)>", "Query<Wanted>"]);
        assert_eq!(
            lines(&long),
            ["reads HeaderMap,", "Path<(u64, String)>, Query<Wanted>"]
        );
    }

    #[test]
    fn words_without_end_are_cut_in_the_middle() {
        let cut = cut(&format!("repo<{}Postgres>", "Cached, ".repeat(20)));
        assert_eq!(cut.chars().count(), WORD);
        assert!(cut.starts_with("repo<Cached, "), "{cut}");
        assert!(cut.ends_with(", Postgres>"), "{cut}");
    }
}
