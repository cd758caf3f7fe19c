//! What a handler runs in: an HTTP request, a job, a command, a message.
//!
//! A [`Context`] is written by whoever owns the framework. It says how a parameter that is no
//! dependency is read from it ([`Extract`], [`ExtractLast`]) and how an error becomes its rejection
//! ([`Reject`]). The traits are implemented *by the context*, generic over what is read: the other
//! way round no crate but this one could implement them.

mod call;

pub use self::call::{BoxError, Call, Input, MissingInput};

use std::sync::Weak;

use crate::after_response::AfterResponse;
use crate::failure::Failure;
use crate::run::PriorRun;

/// What a handler and its dependencies read from, and what they are rejected with.
///
/// # A context of your own
///
/// Say a server speaks a protocol of lines: a verb and its words. Four steps make every handler of
/// an application run in it, the same functions that serve axum and tests.
///
/// **One: the context** holds what one request carries, and names what a rejection is. Failures of
/// hueless itself (a panic, say) become a rejection in [`Context::fail`].
///
/// ```
/// use hueless::{Context, Failure};
///
/// pub struct Line { words: Vec<String> }
///
/// #[derive(Debug, PartialEq)]
/// pub struct Refusal(String);
///
/// impl Context for Line {
///     type Rejection = Refusal;
///     type State = ();
///
///     fn fail(failure: Failure) -> Refusal {
///         // What went wrong inside is for the log, not for the client.
///         drop(failure);
///         Refusal("internal error".to_owned())
///     }
/// }
/// ```
///
/// **Two: what can be read from it.** A trait of the context's own, and one blanket implementation:
/// users of the context then implement that trait for their types. A parameter that comes last may
/// take what can be taken only once; a context with no such thing forwards it to [`Extract`].
///
/// ```
/// # use hueless::{Context, Failure};
/// # pub struct Line { words: Vec<String> }
/// # #[derive(Debug, PartialEq)]
/// # pub struct Refusal(String);
/// # impl Context for Line {
/// #     type Rejection = Refusal;
/// #     type State = ();
/// #     fn fail(_: Failure) -> Refusal { Refusal("internal error".to_owned()) }
/// # }
/// use hueless::{Extract, ExtractLast};
///
/// pub trait FromLine: Sized {
///     fn from_line(line: &mut Line) -> Result<Self, Refusal>;
/// }
///
/// impl<T: FromLine + Send> Extract<T> for Line {
///     async fn extract(&mut self) -> Result<T, Refusal> {
///         T::from_line(self)
///     }
/// }
///
/// impl<T: FromLine + Send> ExtractLast<T, ()> for Line {
///     async fn extract_last(&mut self, _reads_left: usize) -> Result<T, Refusal> {
///         T::from_line(self)
///     }
/// }
/// ```
///
/// **Three: which errors it can reject with**, again through one blanket.
///
/// ```
/// # use hueless::{Context, Failure};
/// # pub struct Line { words: Vec<String> }
/// # #[derive(Debug, PartialEq)]
/// # pub struct Refusal(String);
/// # impl Context for Line {
/// #     type Rejection = Refusal;
/// #     type State = ();
/// #     fn fail(_: Failure) -> Refusal { Refusal("internal error".to_owned()) }
/// # }
/// use hueless::Reject;
///
/// impl<E: std::fmt::Display> Reject<E> for Line {
///     fn reject(error: E) -> Refusal {
///         Refusal(error.to_string())
///     }
/// }
/// ```
///
/// **Four: run a handler in it**, from wherever the framework calls:
///
/// ```
/// # use hueless::{Context, Extract, ExtractLast, Failure, Reject};
/// # pub struct Line { words: Vec<String> }
/// # #[derive(Debug, PartialEq)]
/// # pub struct Refusal(String);
/// # impl Context for Line {
/// #     type Rejection = Refusal;
/// #     type State = ();
/// #     fn fail(_: Failure) -> Refusal { Refusal("internal error".to_owned()) }
/// # }
/// # impl<E: std::fmt::Display> Reject<E> for Line {
/// #     fn reject(error: E) -> Refusal { Refusal(error.to_string()) }
/// # }
/// # pub trait FromLine: Sized { fn from_line(line: &mut Line) -> Result<Self, Refusal>; }
/// # impl<T: FromLine + Send> Extract<T> for Line {
/// #     async fn extract(&mut self) -> Result<T, Refusal> { T::from_line(self) }
/// # }
/// # impl<T: FromLine + Send> ExtractLast<T, ()> for Line {
/// #     async fn extract_last(&mut self, _: usize) -> Result<T, Refusal> { T::from_line(self) }
/// # }
/// use hueless::{App, Depends, dependency, handler};
///
/// pub struct Words(Vec<String>);
///
/// impl FromLine for Words {
///     fn from_line(line: &mut Line) -> Result<Self, Refusal> {
///         Ok(Words(line.words.clone()))
///     }
/// }
///
/// #[dependency]
/// fn first(words: Words) -> Result<String, &'static str> {
///     words.0.into_iter().next().ok_or("nothing was said")
/// }
///
/// #[handler]
/// async fn echo(first: Depends<first>) -> String {
///     first.to_uppercase()
/// }
///
/// # tokio::runtime::Builder::new_current_thread().build().unwrap().block_on(async {
/// let app = App::new();
/// let said = app.run(echo::handler, Line { words: vec!["hello".to_owned()] }).await;
/// assert_eq!(said.unwrap(), "HELLO");
/// let silent = app.run(echo::handler, Line { words: vec![] }).await;
/// assert_eq!(silent.unwrap_err(), Refusal("nothing was said".to_owned()));
/// # });
/// ```
///
/// A crate that owns neither the framework nor hueless makes an
/// [`Invocation`](crate::Invocation) with [`Invocation::new`](crate::Invocation::new).
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not a context",
    note = "a context is what a handler runs in, such as `Call` or `Http<AppState>`; an `AppBuilder` is told which with `.on::<C>()`",
    note = "see https://docs.rs/hueless/0.1/hueless/guide/errors/index.html#context"
)]
pub trait Context: Sized + Send + 'static {
    /// What a request is answered with when a node fails.
    type Rejection: Send + 'static;
    /// The context's own type parameter, `()` if it has none.
    ///
    /// rustc looks at a handler's bounds only when it knows this type, and so the context: bounds
    /// on a context that is still to be inferred would be tried again and again.
    type State;

    /// Makes a rejection of what went wrong in hueless itself rather than in a node's own `Result`.
    ///
    /// It may run on any thread, and should not panic: a panic is contained, but the rejection it
    /// would have made is lost.
    fn fail(failure: Failure) -> Self::Rejection;

    /// Binds what is still to be done when the response has left to a rejection, as a
    /// [`Reply`](crate::Reply) binds it to what the handler returned.
    ///
    /// A context whose rejection has a body that takes time to be sent keeps it there. Otherwise it
    /// is dropped, and so starts at once, which is what this does unless it is written.
    ///
    /// ```
    /// use hueless::{AfterResponse, Context, Failure};
    ///
    /// pub struct Line;
    ///
    /// /// Its words are on the way to the client for as long as it is kept.
    /// pub struct Refusal {
    ///     words: &'static str,
    ///     after_response: Option<AfterResponse>,
    /// }
    ///
    /// impl Refusal {
    ///     pub fn sent(self) {
    ///         if let Some(after_response) = self.after_response {
    ///             after_response.sent();
    ///         }
    ///     }
    /// }
    ///
    /// impl Context for Line {
    ///     type Rejection = Refusal;
    ///     type State = ();
    ///
    ///     fn fail(_failure: Failure) -> Refusal {
    ///         Refusal { words: "internal error", after_response: None }
    ///     }
    ///
    ///     fn attach(rejection: Refusal, after_response: AfterResponse) -> Refusal {
    ///         Refusal { after_response: Some(after_response), ..rejection }
    ///     }
    /// }
    /// ```
    #[must_use]
    fn attach(rejection: Self::Rejection, after_response: AfterResponse) -> Self::Rejection {
        drop(after_response);
        rejection
    }

    /// Whether the answer to this request has no body, whatever the handler returns, as that to an
    /// HTTP HEAD. What is to be done after the response then does not wait for the end of one: it
    /// starts when the [`AfterResponse`] is dropped, and hears that the response was sent.
    ///
    /// ```
    /// use hueless::{Context, Failure};
    ///
    /// pub enum Line {
    ///     Question(String),
    ///     /// Nobody waits for an answer.
    ///     Notice(String),
    /// }
    ///
    /// impl Context for Line {
    ///     type Rejection = String;
    ///     type State = ();
    ///
    ///     fn fail(_failure: Failure) -> String {
    ///         "internal error".to_owned()
    ///     }
    ///
    ///     fn is_answered_without_body(&self) -> bool {
    ///         matches!(self, Self::Notice(_))
    ///     }
    /// }
    /// ```
    fn is_answered_without_body(&self) -> bool {
        false
    }

    /// What was resolved for this request before the handler was reached.
    #[doc(hidden)]
    fn __prior_run(&self) -> Option<Weak<PriorRun>> {
        None
    }
}

/// A context that a `T` can be read from.
///
/// Written for a type of your own it has a [`Call`] read that. [`Context`] shows it for a context of
/// your own.
///
/// ```
/// use hueless::{App, BoxError, Call, Extract, handler};
///
/// /// The first word of a command.
/// struct Verb(String);
///
/// impl Extract<Verb> for Call {
///     async fn extract(&mut self) -> Result<Verb, BoxError> {
///         let line: String = self.input().ok_or("nothing was said")?;
///         let verb = line.split(' ').next().unwrap_or_default();
///         Ok(Verb(verb.to_owned()))
///     }
/// }
///
/// #[handler]
/// async fn shout(Verb(verb): Verb) -> String {
///     verb.to_uppercase()
/// }
///
/// # tokio::runtime::Builder::new_current_thread().build().unwrap().block_on(async {
/// let app = App::new();
/// let call = Call::new().with("open the door".to_owned());
/// assert_eq!(app.run(shout::handler, call).await.unwrap(), "OPEN");
/// let error = app.run(shout::handler, Call::new()).await.unwrap_err();
/// assert_eq!(error.to_string(), "nothing was said");
/// # });
/// ```
#[diagnostic::on_unimplemented(
    message = "`{T}` cannot be read from the context `{Self}`",
    note = "a parameter that is not `Depends<…>` is read from the context; if it is a dependency, write `Depends<…>` or mark it `#[depends]`",
    note = "see https://docs.rs/hueless/0.1/hueless/guide/errors/index.html#parameter"
)]
pub trait Extract<T>: Context {
    /// Whether reading it can fail. A rejection does not wait for what cannot.
    const CAN_FAIL: bool = true;

    /// Reads the value.
    ///
    /// Extractors of one request run one at a time, so what one changes the next one sees.
    ///
    /// # Errors
    ///
    /// The rejection to answer with.
    ///
    /// # Cancel safety
    ///
    /// The future may be dropped at any await point: the request was rejected or given up, and the
    /// context is dropped after it.
    fn extract(&mut self) -> impl Future<Output = Result<T, Self::Rejection>> + Send;
}

/// A context that a `T` can be read from by the last parameter, which may take what can be taken
/// only once, such as a body.
///
/// `M` lets a context tell several ways to do that apart; a context with one way takes `()`.
///
/// ```
/// use hueless::{App, Context, ExtractLast, Failure, handler};
///
/// struct Letter {
///     text: Option<String>,
/// }
///
/// impl Context for Letter {
///     type Rejection = &'static str;
///     type State = ();
///
///     fn fail(_failure: Failure) -> &'static str {
///         "internal error"
///     }
/// }
///
/// impl ExtractLast<String, ()> for Letter {
///     async fn extract_last(&mut self, _reads_left: usize) -> Result<String, &'static str> {
///         // Nobody reads it after this, so it is not copied.
///         self.text.take().ok_or("an empty envelope")
///     }
/// }
///
/// #[handler]
/// async fn length(text: String) -> usize {
///     text.len()
/// }
///
/// # tokio::runtime::Builder::new_current_thread().build().unwrap().block_on(async {
/// let app = App::new();
/// let letter = Letter { text: Some("hello".to_owned()) };
/// assert_eq!(app.run(length::handler, letter).await, Ok(5));
/// let rejection = app.run(length::handler, Letter { text: None }).await;
/// assert_eq!(rejection, Err("an empty envelope"));
/// # });
/// ```
#[diagnostic::on_unimplemented(
    message = "`{T}` cannot be read from the context `{Self}`",
    note = "a parameter that is not `Depends<…>` is read from the context, and only the last of those may consume it",
    note = "see https://docs.rs/hueless/0.1/hueless/guide/errors/index.html#parameter"
)]
pub trait ExtractLast<T, M>: Context {
    /// Whether reading it can fail. A rejection does not wait for what cannot.
    const CAN_FAIL: bool = true;

    /// Whether reading it waits for the client to send something, so that
    /// [`AppBuilder::body_timeout`](crate::AppBuilder::body_timeout) bounds it.
    const READS_BODY: bool = false;

    /// Reads the value.
    ///
    /// `reads_left` says how many extractors of dependencies may still read from the context; at 0
    /// it may be taken apart.
    ///
    /// # Errors
    ///
    /// The rejection to answer with.
    ///
    /// # Cancel safety
    ///
    /// As for [`Extract::extract`].
    fn extract_last(
        &mut self,
        reads_left: usize,
    ) -> impl Future<Output = Result<T, Self::Rejection>> + Send;
}

/// A context that can answer with the error `E`.
///
/// ```
/// use hueless::{App, Context, Depends, Failure, Reject, dependency, handler};
///
/// /// A protocol whose rejections are numbers.
/// struct Frame;
///
/// impl Context for Frame {
///     type Rejection = u16;
///     type State = ();
///
///     fn fail(_failure: Failure) -> u16 {
///         500
///     }
/// }
///
/// struct Unknown;
///
/// impl Reject<Unknown> for Frame {
///     fn reject(_error: Unknown) -> u16 {
///         404
///     }
/// }
///
/// #[dependency]
/// async fn user() -> Result<String, Unknown> {
///     Err(Unknown)
/// }
///
/// #[handler]
/// async fn greet(user: Depends<user>) -> String {
///     format!("hello {}", *user)
/// }
///
/// # tokio::runtime::Builder::new_current_thread().build().unwrap().block_on(async {
/// assert_eq!(App::new().run(greet::handler, Frame).await, Err(404));
/// # });
/// ```
#[diagnostic::on_unimplemented(
    message = "the error `{E}` cannot become a rejection of the context `{Self}`",
    note = "the error that a dependency returns is what the request is answered with",
    note = "see https://docs.rs/hueless/0.1/hueless/guide/errors/index.html#error"
)]
pub trait Reject<E>: Context {
    /// Makes the rejection. It may run on any thread.
    fn reject(error: E) -> Self::Rejection;
}
