//! [`Call`]: the context with no framework, for jobs, commands and tests.

use std::any::{Any, TypeId, type_name};
use std::error::Error;
use std::fmt;
use std::ops::{Deref, DerefMut};

use super::{Context, Extract, ExtractLast, Reject};
use crate::failure::Failure;

/// What a [`Call`] is rejected with: the error that a node returned, or a
/// [`Failure`](crate::Failure).
///
/// ```
/// use hueless::{App, BoxError, Call, handler};
///
/// #[handler]
/// async fn answer() -> u8 {
///     42
/// }
///
/// async fn ask(app: &App) -> Result<u8, BoxError> {
///     let answer = app.run(answer::handler, Call::new()).await?;
///     Ok(answer)
/// }
///
/// # tokio::runtime::Builder::new_current_thread().build().unwrap().block_on(async {
/// assert_eq!(ask(&App::new()).await.unwrap(), 42);
/// # });
/// ```
pub type BoxError = Box<dyn Error + Send + Sync>;

/// The context with no framework: values by type, read with [`Input`].
///
/// ```
/// use hueless::{App, Call, Depends, Input, dependency, handler};
///
/// #[dependency]
/// fn greeting(Input(polite): Input<bool>) -> &'static str {
///     if polite { "good day" } else { "hey" }
/// }
///
/// #[handler]
/// async fn greet(greeting: Depends<greeting>, Input(name): Input<String>) -> String {
///     format!("{}, {name}", *greeting)
/// }
///
/// # tokio::runtime::Builder::new_current_thread().build().unwrap().block_on(async {
/// let call = Call::new().with(true).with("Ada".to_owned());
/// let said = App::new().run(greet::handler, call).await.unwrap();
/// assert_eq!(said, "good day, Ada");
/// # });
/// ```
#[derive(Default)]
#[must_use = "a call does nothing until an app runs a handler with it"]
pub struct Call {
    /// A call has few inputs, so a list is searched faster than a map is hashed.
    inputs: Vec<(TypeId, Box<dyn Any + Send>)>,
}

impl Call {
    /// A call with no inputs.
    pub fn new() -> Self {
        Self::default()
    }

    /// Adds a value, read by parameters of type `Input<T>`. A second one of the same type replaces
    /// the first.
    pub fn with<T: Clone + Send + 'static>(mut self, input: T) -> Self {
        self.inputs.retain(|(id, _)| *id != TypeId::of::<T>());
        self.inputs.push((TypeId::of::<T>(), Box::new(input)));
        self
    }

    /// The value of that type, if one was given: for an [`Extract`] of your own.
    ///
    /// ```
    /// use hueless::Call;
    ///
    /// assert_eq!(Call::new().with(1_u8).input::<u8>(), Some(1));
    /// assert_eq!(Call::new().input::<u8>(), None);
    /// ```
    #[must_use]
    pub fn input<T: Clone + 'static>(&self) -> Option<T> {
        let (_, input) = self
            .inputs
            .iter()
            .find(|(id, _)| *id == TypeId::of::<T>())?;
        input.downcast_ref::<T>().cloned()
    }
}

impl fmt::Debug for Call {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter
            .debug_struct("Call")
            .field("inputs", &self.inputs.len())
            .finish()
    }
}

/// A value given to a [`Call`] with [`Call::with`]. Several parameters may read the same one, each
/// gets a clone.
///
/// ```
/// use hueless::{App, Call, Input, handler};
///
/// #[handler]
/// async fn shout(text: Input<String>, Input(times): Input<usize>) -> String {
///     text.to_uppercase().repeat(times)
/// }
///
/// # tokio::runtime::Builder::new_current_thread().build().unwrap().block_on(async {
/// let call = Call::new().with("hey".to_owned()).with(2_usize);
/// assert_eq!(App::new().run(shout::handler, call).await.unwrap(), "HEYHEY");
/// // By hand, as a unit test does:
/// assert_eq!(shout(Input("ho".to_owned()), Input(1)).await, "HO");
/// # });
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Input<T>(
    /// The value.
    pub T,
);

impl<T> Deref for Input<T> {
    type Target = T;

    fn deref(&self) -> &T {
        &self.0
    }
}

impl<T> DerefMut for Input<T> {
    fn deref_mut(&mut self) -> &mut T {
        &mut self.0
    }
}

/// A handler or a dependency reads an [`Input`] that the [`Call`] was not given.
///
/// ```
/// use hueless::{App, Call, Input, MissingInput, handler};
///
/// #[handler]
/// async fn double(Input(number): Input<u64>) -> u64 {
///     number * 2
/// }
///
/// # tokio::runtime::Builder::new_current_thread().build().unwrap().block_on(async {
/// let error = App::new().run(double::handler, Call::new()).await.unwrap_err();
/// assert!(error.is::<MissingInput>());
/// let said = "the call has no input of type `u64`; give it one with `Call::with`";
/// assert_eq!(error.to_string(), said);
/// # });
/// ```
#[derive(Debug, Clone, Copy)]
pub struct MissingInput {
    type_name: &'static str,
}

impl fmt::Display for MissingInput {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            formatter,
            "the call has no input of type `{}`; give it one with `Call::with`",
            self.type_name
        )
    }
}

impl Error for MissingInput {}

impl Context for Call {
    type Rejection = BoxError;
    type State = ();

    fn fail(failure: Failure) -> BoxError {
        failure.into()
    }
}

impl<T: Clone + Send + 'static> Extract<Input<T>> for Call {
    async fn extract(&mut self) -> Result<Input<T>, BoxError> {
        let missing = MissingInput {
            type_name: type_name::<T>(),
        };
        self.input().map(Input).ok_or_else(|| missing.into())
    }
}

/// How a [`Call`] reads its last parameter: like any other.
#[doc(hidden)]
#[derive(Debug, Clone, Copy)]
pub enum Parts {}

impl<T> ExtractLast<T, Parts> for Call
where
    Self: Extract<T>,
{
    const CAN_FAIL: bool = <Self as Extract<T>>::CAN_FAIL;

    fn extract_last(
        &mut self,
        _reads_left: usize,
    ) -> impl Future<Output = Result<T, BoxError>> + Send {
        self.extract()
    }
}

impl<E: Into<BoxError>> Reject<E> for Call {
    fn reject(error: E) -> BoxError {
        error.into()
    }
}
