//! [`Refusal`]: the rejection of the context, and [`IntoRefusal`]: what becomes one.

use std::fmt;

use hueless::Reject;

use crate::line::Line;

/// Why a request was not answered with what it asked for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Refusal {
    code: &'static str,
    message: String,
}

impl Refusal {
    /// A refusal with a word for programs and a message for people.
    ///
    /// ```
    /// use line_protocol::Refusal;
    ///
    /// assert_eq!(Refusal::new("missing", "no name 7").to_string(), "missing no name 7");
    /// ```
    #[must_use]
    pub fn new(code: &'static str, message: impl Into<String>) -> Self {
        Self {
            code,
            message: message.into(),
        }
    }

    /// A refusal that does not say why.
    #[must_use]
    pub fn internal() -> Self {
        Self::new("internal", "the server failed")
    }

    /// The word for programs.
    #[must_use]
    pub fn code(&self) -> &'static str {
        self.code
    }

    /// The message for people.
    #[must_use]
    pub fn message(&self) -> &str {
        &self.message
    }
}

impl fmt::Display for Refusal {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "{} {}", self.code, self.message)
    }
}

impl std::error::Error for Refusal {}

/// An error that a request can be refused with: what dependencies and handlers may return.
///
/// A trait of one's own, rather than `Into<Refusal>`, can carry a message for who forgets it:
///
/// ```compile_fail
/// # use line_protocol::{Line, Router};
/// # use hueless::{App, Depends, dependency, handler};
/// struct Unheard;
///
/// #[dependency]
/// fn silent() -> Result<u8, Unheard> {
///     Err(Unheard)
/// }
///
/// #[handler]
/// async fn ask(silent: Depends<silent>) -> String {
///     silent.to_string()
/// }
///
/// let router = Router::new(App::new()).route("ASK", ask::handler);
/// ```
#[diagnostic::on_unimplemented(
    message = "a line cannot be refused with `{Self}`",
    note = "implement `line_protocol::IntoRefusal` for it"
)]
pub trait IntoRefusal {
    /// Makes the refusal.
    fn into_refusal(self) -> Refusal;
}

impl IntoRefusal for Refusal {
    fn into_refusal(self) -> Refusal {
        self
    }
}

/// The one line that lets dependencies fail in this context.
impl<E: IntoRefusal> Reject<E> for Line {
    fn reject(error: E) -> Refusal {
        error.into_refusal()
    }
}
