//! [`Answer`]: what a request is answered with, and [`IntoAnswer`]: what a handler may return.

use std::fmt;

use crate::refusal::{IntoRefusal, Refusal};

/// Lines and how the request ended. Its [`Display`](fmt::Display) is what goes to the client.
///
/// ```
/// use line_protocol::IntoAnswer;
///
/// assert_eq!("one\ntwo".into_answer().to_string(), "+ one\n+ two\nOK\n");
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Answer(Result<Vec<String>, Refusal>);

impl Answer {
    /// The lines, or why there are none.
    ///
    /// # Errors
    ///
    /// The refusal.
    pub fn into_result(self) -> Result<Vec<String>, Refusal> {
        self.0
    }
}

impl From<Refusal> for Answer {
    fn from(refusal: Refusal) -> Self {
        Self(Err(refusal))
    }
}

impl fmt::Display for Answer {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.0 {
            Ok(lines) => {
                // A value cannot end the answer early: each of its lines begins with a plus.
                for line in lines.iter().flat_map(|value| value.lines()) {
                    writeln!(formatter, "+ {line}")?;
                }
                formatter.write_str("OK\n")
            }
            Err(refusal) => {
                let message = refusal.to_string().replace(['\r', '\n'], " ");
                writeln!(formatter, "ERR {message}")
            }
        }
    }
}

/// What a handler may return.
#[diagnostic::on_unimplemented(
    message = "a line cannot be answered with `{Self}`",
    note = "implement `line_protocol::IntoAnswer` for what the handler returns"
)]
pub trait IntoAnswer {
    /// Makes the answer.
    fn into_answer(self) -> Answer;
}

impl IntoAnswer for Answer {
    fn into_answer(self) -> Answer {
        self
    }
}

impl IntoAnswer for () {
    fn into_answer(self) -> Answer {
        Answer(Ok(Vec::new()))
    }
}

impl IntoAnswer for String {
    fn into_answer(self) -> Answer {
        Answer(Ok(vec![self]))
    }
}

impl IntoAnswer for &'static str {
    fn into_answer(self) -> Answer {
        self.to_owned().into_answer()
    }
}

impl IntoAnswer for Vec<String> {
    fn into_answer(self) -> Answer {
        Answer(Ok(self))
    }
}

impl<T: IntoAnswer, E: IntoRefusal> IntoAnswer for Result<T, E> {
    fn into_answer(self) -> Answer {
        match self {
            Ok(value) => value.into_answer(),
            Err(error) => error.into_refusal().into(),
        }
    }
}
