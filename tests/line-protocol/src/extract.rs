//! What can be read from a [`Line`].
//!
//! hueless has two traits for it, implemented by the context: [`Extract`] for every parameter, and
//! [`ExtractLast`] for the last one of a handler. The blankets here put two traits of this crate's
//! own in their place, which users implement for their types. Where there is something that can be
//! taken only once, `ExtractLast` is implemented twice, told apart by a marker: rustc picks the one
//! that fits the parameter.

use std::net::SocketAddr;
use std::str::FromStr;

use hueless::{Extract, ExtractLast};

use crate::line::Line;
use crate::refusal::Refusal;

/// A type that any parameter can be.
#[diagnostic::on_unimplemented(
    message = "`{Self}` cannot be read from a line",
    note = "implement `line_protocol::FromLine` for it"
)]
pub trait FromLine: Sized {
    /// Reads the value.
    ///
    /// # Errors
    ///
    /// What the request is refused with.
    fn from_line(line: &Line) -> Result<Self, Refusal>;
}

/// A type that the last parameter of a handler can be: it takes the text.
#[diagnostic::on_unimplemented(
    message = "`{Self}` cannot be read from the text of a line",
    note = "implement `line_protocol::FromText` for it"
)]
pub trait FromText: Sized {
    /// Makes the value.
    ///
    /// # Errors
    ///
    /// What the request is refused with.
    fn from_text(text: String) -> Result<Self, Refusal>;
}

impl<T: FromLine> Extract<T> for Line {
    async fn extract(&mut self) -> Result<T, Refusal> {
        T::from_line(self)
    }
}

/// Marks a last parameter that is read like any other.
#[derive(Debug, Clone, Copy)]
pub enum ViaLine {}

/// Marks a last parameter that takes the text.
#[derive(Debug, Clone, Copy)]
pub enum ViaText {}

impl<T: FromLine> ExtractLast<T, ViaLine> for Line {
    async fn extract_last(&mut self, _reads_left: usize) -> Result<T, Refusal> {
        T::from_line(self)
    }
}

impl<T: FromText> ExtractLast<T, ViaText> for Line {
    async fn extract_last(&mut self, _reads_left: usize) -> Result<T, Refusal> {
        let missing = || Refusal::new("malformed", "the line has no text");
        T::from_text(self.take_text().ok_or_else(missing)?)
    }
}

/// The text at the end of the line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Text(
    /// The text.
    pub String,
);

impl FromText for Text {
    fn from_text(text: String) -> Result<Self, Refusal> {
        Ok(Self(text))
    }
}

/// The word at `POSITION`, counted from 0 after the verb, as a `T`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Word<const POSITION: usize, T = String>(
    /// The word.
    pub T,
);

impl<const POSITION: usize, T: FromStr> FromLine for Word<POSITION, T> {
    fn from_line(line: &Line) -> Result<Self, Refusal> {
        let count = POSITION + 1;
        let missing = || Refusal::new("malformed", format!("word {count} is missing"));
        let word = line.words().get(POSITION).ok_or_else(missing)?;
        let unreadable = |_| Refusal::new("malformed", format!("word {count} is unreadable"));
        word.parse().map(Self).map_err(unreadable)
    }
}

/// All words after the verb.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Words(
    /// The words.
    pub Vec<String>,
);

impl FromLine for Words {
    fn from_line(line: &Line) -> Result<Self, Refusal> {
        Ok(Self(line.words().to_vec()))
    }
}

/// Who sent the line.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Peer(
    /// The address.
    pub SocketAddr,
);

impl FromLine for Peer {
    fn from_line(line: &Line) -> Result<Self, Refusal> {
        // Lines that a server reads have one.
        line.peer().map(Self).ok_or_else(Refusal::internal)
    }
}

/// `None` where the value cannot be read.
impl<T: FromLine> FromLine for Option<T> {
    fn from_line(line: &Line) -> Result<Self, Refusal> {
        Ok(T::from_line(line).ok())
    }
}

/// The refusal as a value, for who wants to decide what it means.
impl<T: FromLine> FromLine for Result<T, Refusal> {
    fn from_line(line: &Line) -> Result<Self, Refusal> {
        Ok(T::from_line(line))
    }
}
