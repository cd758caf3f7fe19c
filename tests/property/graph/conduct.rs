//! What a client does with a request.

use std::fmt;

/// What is done with one request.
#[derive(Debug, Clone)]
pub(crate) struct Conduct {
    /// When it is given up.
    pub(crate) cut: Option<Cut>,
    /// Whether the response is sent whole.
    pub(crate) is_sent: bool,
    /// Whether it is answered without a body.
    pub(crate) is_without_body: bool,
    /// Whether it comes at the same time as the request before.
    pub(crate) is_with_previous: bool,
}

/// When a request is given up.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Cut {
    /// After it was polled that often.
    Polls(u8),
    /// When so many 256ths of what is expected have happened.
    Events(u8),
}

impl fmt::Display for Conduct {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self {
            cut,
            is_sent,
            is_without_body,
            is_with_previous,
        } = self;
        formatter.write_str(if *is_with_previous {
            "at the same time a request"
        } else {
            "a request"
        })?;
        if *is_without_body {
            formatter.write_str(" without a body")?;
        }
        match cut {
            None if *is_sent => formatter.write_str(", whose answer is sent"),
            None => formatter.write_str(", whose answer is dropped"),
            Some(Cut::Polls(polls)) => write!(formatter, ", given up after {polls} polls"),
            Some(Cut::Events(part)) => {
                write!(
                    formatter,
                    ", given up when {part} of 256 parts have happened"
                )
            }
        }
    }
}
