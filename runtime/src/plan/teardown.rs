//! [`Teardown`]: how a node's value is ended.

use crate::depends::{Depends, Provider};
use crate::lifetime::{Holds, Shared};
use crate::outcome::Outcome;
use crate::teardown::{Called, Ending};
use crate::value::Value;

/// A function that ends a value. `R` is what its error becomes: a rejection before the response has
/// left, nothing after it.
pub(crate) struct Teardown<R> {
    /// Whether it has to be called where it may block.
    pub(crate) is_plain: bool,
    call: Box<CallTeardown<R>>,
}

type CallTeardown<R> = dyn Fn(Value, Outcome) -> Called<TeardownError<R>> + Send + Sync;

/// The error of a teardown.
#[derive(Debug)]
pub(crate) struct TeardownError<R> {
    pub(crate) rejection: R,
    /// What the log says of it; `None` where the error says nothing of itself.
    pub(crate) text: Option<String>,
}

impl<R: 'static> Teardown<R> {
    /// The teardown that `function` is, with what becomes of its error.
    pub(super) fn new<D, E, F, T, M>(
        function: F,
        reject: fn(E) -> R,
        text: fn(&E) -> Option<String>,
    ) -> Self
    where
        D: Provider<Lifetime: Shared>,
        F: Fn(Depends<D>, Outcome) -> T + Send + Sync + 'static,
        T: Ending<E, M> + Send + 'static,
        E: 'static,
    {
        let describe = move |error: E| TeardownError {
            text: text(&error),
            rejection: reject(error),
        };
        let call = move |value, outcome| {
            let cell = <D::Lifetime as Holds<D::Output>>::load(value);
            let depends = Depends::from_cell(cell.expect(ANOTHER_VALUE));
            match function(depends, outcome).into_called() {
                Called::Done(result) => Called::Done(result.map_err(describe)),
                Called::Waits(future) => {
                    Called::Waits(Box::pin(async move { future.await.map_err(describe) }))
                }
            }
        };
        Self {
            is_plain: T::IS_PLAIN,
            call: Box::new(call),
        }
    }

    /// Calls it with a handle to the value.
    pub(crate) fn call(&self, value: Value, outcome: Outcome) -> Called<TeardownError<R>> {
        (self.call)(value, outcome)
    }
}

/// A teardown is declared for the dependency that makes the value.
const ANOTHER_VALUE: &str = "a teardown ends the value of the dependency it is declared for";
