//! [`Line`]: the context.

use std::net::SocketAddr;

use hueless::{Context, Failure};

use crate::refusal::Refusal;

/// One request: what handlers and dependencies read from, through the types of
/// [`FromLine`](crate::FromLine) and [`FromText`](crate::FromText).
///
/// ```
/// use line_protocol::Line;
///
/// let line = Line::parse("PUT 2 :Grace Hopper").unwrap();
/// assert_eq!(line.verb(), "PUT");
/// assert_eq!(line.words(), ["2"]);
/// assert_eq!(line.text(), Some("Grace Hopper"));
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Line {
    verb: String,
    words: Vec<String>,
    text: Option<String>,
    peer: Option<SocketAddr>,
}

impl Line {
    /// Reads a request from its line, without the end of it.
    ///
    /// # Errors
    ///
    /// A refusal if the line has no verb.
    pub fn parse(line: &str) -> Result<Self, Refusal> {
        let (head, text) = match line.split_once(" :") {
            Some((head, text)) => (head, Some(text.to_owned())),
            None => (line, None),
        };
        let mut words = head.split_whitespace().map(str::to_owned);
        let verb = words
            .next()
            .ok_or_else(|| Refusal::new("malformed", "the line has no verb"))?;
        Ok(Self {
            verb,
            words: words.collect(),
            text,
            peer: None,
        })
    }

    /// Says who sent it.
    #[must_use]
    pub fn from_peer(mut self, peer: SocketAddr) -> Self {
        self.peer = Some(peer);
        self
    }

    /// What to do.
    #[must_use]
    pub fn verb(&self) -> &str {
        &self.verb
    }

    /// What to do it with.
    #[must_use]
    pub fn words(&self) -> &[String] {
        &self.words
    }

    /// The free text at the end, until the handler's last parameter has taken it.
    #[must_use]
    pub fn text(&self) -> Option<&str> {
        self.text.as_deref()
    }

    /// Who sent it, where that is known.
    #[must_use]
    pub fn peer(&self) -> Option<SocketAddr> {
        self.peer
    }

    pub(crate) fn take_text(&mut self) -> Option<String> {
        self.text.take()
    }
}

impl Context for Line {
    type Rejection = Refusal;
    type State = ();

    /// What went wrong inside names functions, so a client is told only that something did.
    fn fail(_: Failure) -> Refusal {
        Refusal::internal()
    }
}
