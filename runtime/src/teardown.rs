//! What a teardown is: a function that ends a value, async or plain, with or without an error.
//!
//! Which of the four one is stands in what it returns. The attribute sees only its name, so traits
//! decide: [`Ending`] by a marker that rustc infers, as no type is both a future and a result.

use std::convert::Infallible;
use std::fmt;

use futures_util::FutureExt;
use futures_util::future::BoxFuture;

use crate::depends::{Depends, Provider};
use crate::outcome::Outcome;

/// What a teardown returns, or what the future returns that it makes.
#[doc(hidden)]
#[diagnostic::on_unimplemented(
    message = "a teardown cannot return `{Self}`",
    label = "not `()` or `Result<(), E>`",
    note = "a teardown takes `Depends<…>` and `Outcome` and returns `()` or `Result<(), E>`, where `E` is the error that the dependency returns",
    note = "see https://docs.rs/hueless/0.1/hueless/guide/errors/index.html#teardown"
)]
pub trait Ended<E>: 'static {
    /// The same, as what it is.
    fn into_result(self) -> Result<(), E>;
}

impl<E> Ended<E> for () {
    fn into_result(self) -> Result<(), E> {
        Ok(())
    }
}

impl<E: 'static> Ended<E> for Result<(), E> {
    fn into_result(self) -> Self {
        self
    }
}

/// A teardown that was called: done if it is plain, still to be awaited if it is async.
#[doc(hidden)]
pub enum Called<E> {
    /// It has run.
    Done(Result<(), E>),
    /// It is awaited.
    Waits(BoxFuture<'static, Result<(), E>>),
}

impl<E> fmt::Debug for Called<E> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(match self {
            Self::Done(_) => "Called::Done",
            Self::Waits(_) => "Called::Waits",
        })
    }
}

/// A function that ends the value of `D`, whose error is `E`: what rustc is asked for, so that it says
/// in one message what a teardown is. With one implementation it would look into that, and report
/// arguments of a closure.
#[doc(hidden)]
#[diagnostic::on_unimplemented(
    message = "`{Self}` cannot end the value of `{D}`",
    label = "not a teardown of `{D}`",
    note = "a teardown takes `Depends<…>` and `Outcome` and returns `()` or `Result<(), E>`, `E` the error of the dependency; it may be `async`",
    note = "see https://docs.rs/hueless/0.1/hueless/guide/errors/index.html#teardown"
)]
pub trait Ends<D: Provider, E, T, M>: Fn(Depends<D>, Outcome) -> T {}

impl<D: Provider, E, T, F> Ends<D, E, T, PlainEnding> for F
where
    F: Fn(Depends<D>, Outcome) -> T,
    T: Ending<E, PlainEnding>,
{
}

impl<D: Provider, E, T, F> Ends<D, E, T, AsyncEnding> for F
where
    F: Fn(Depends<D>, Outcome) -> T,
    T: Ending<E, AsyncEnding>,
{
}

/// What the call of a teardown gives: the end, or a future of it.
#[doc(hidden)]
#[diagnostic::on_unimplemented(
    message = "a teardown cannot return `{Self}`",
    label = "not `()`, `Result<(), E>` or a future of one",
    note = "a teardown takes `Depends<…>` and `Outcome` and returns `()` or `Result<(), E>`, where `E` is the error that the dependency returns",
    note = "see https://docs.rs/hueless/0.1/hueless/guide/errors/index.html#teardown"
)]
pub trait Ending<E, M>: Sized {
    /// Whether it has to be called where it may block.
    const IS_PLAIN: bool;
    /// The same, whichever it is.
    fn into_called(self) -> Called<E>
    where
        Self: Send + 'static;
}

/// The marker of a plain function.
#[doc(hidden)]
#[derive(Debug)]
pub enum PlainEnding {}

/// The marker of an async function.
#[doc(hidden)]
#[derive(Debug)]
pub enum AsyncEnding {}

impl<T: Ended<E>, E> Ending<E, PlainEnding> for T {
    const IS_PLAIN: bool = true;

    fn into_called(self) -> Called<E> {
        Called::Done(self.into_result())
    }
}

impl<F, E: 'static> Ending<E, AsyncEnding> for F
where
    F: Future<Output: Ended<E>>,
{
    const IS_PLAIN: bool = false;

    fn into_called(self) -> Called<E>
    where
        Self: Send + 'static,
    {
        Called::Waits(self.map(Ended::into_result).boxed())
    }
}

/// The error of a teardown that has none.
pub fn never<R>(error: Infallible) -> R {
    match error {}
}

/// The text of an error that cannot be.
#[must_use]
pub fn no_text(_: &Infallible) -> Option<String> {
    None
}

/// Finds the text of an error for the log: what it displays, or else how it is debugged.
#[derive(Debug)]
pub struct Describe<'a, E>(pub &'a E);

impl<E: fmt::Display> Describe<'_, E> {
    /// What it displays.
    #[must_use]
    pub fn __hueless_text(&self) -> Option<String> {
        Some(self.0.to_string())
    }
}

/// What [`Describe`] answers for an error that displays nothing.
pub trait DebugText {
    /// How it is debugged.
    fn __hueless_text(&self) -> Option<String>;
}

impl<E: fmt::Debug> DebugText for Describe<'_, E> {
    fn __hueless_text(&self) -> Option<String> {
        Some(format!("{:?}", self.0))
    }
}

/// What [`Describe`] answers for any other error.
pub trait NoText {
    /// There is none.
    fn __hueless_text(&self) -> Option<String> {
        None
    }
}

impl<E> NoText for &Describe<'_, E> {}
