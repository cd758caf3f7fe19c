//! [`Solo`]: the context of a singleton's own run.

use std::sync::Arc;

use crate::context::{Context, Extract, ExtractLast, Reject};
use crate::failure::Failure;
use crate::singleton::SingletonFailure;

/// The error of a singleton: all who wait for it get it.
#[doc(hidden)]
#[diagnostic::on_unimplemented(
    message = "the error `{Self}` of a singleton is not `Clone + Send + Sync`",
    label = "all who wait for the singleton get this error",
    note = "derive `Clone` for it, or wrap what it holds in an `Arc`",
    note = "see https://docs.rs/hueless/0.1/hueless/guide/errors/index.html#singleton-error"
)]
pub trait SingletonError: Clone + Send + Sync + 'static {}

#[diagnostic::do_not_recommend]
impl<E: Clone + Send + Sync + 'static> SingletonError for E {}

/// The context of a singleton's own run. Nothing can be read from it.
#[doc(hidden)]
#[derive(Debug, Clone, Copy)]
pub struct Solo;

impl Context for Solo {
    type Rejection = SingletonFailure;
    type State = ();

    fn fail(failure: Failure) -> SingletonFailure {
        SingletonFailure::Failure(failure)
    }
}

impl<E: Send + Sync + 'static> Reject<E> for Solo {
    fn reject(error: E) -> SingletonFailure {
        SingletonFailure::Error(Arc::new(error), std::any::type_name::<E>())
    }
}

/// So that a singleton that reads the request is refused once, by its proof or its plan, and not a
/// second time for want of a context.
impl<T: Send> Extract<T> for Solo {
    async fn extract(&mut self) -> Result<T, SingletonFailure> {
        Err(SingletonFailure::Failure(Failure::internal(
            std::any::type_name::<T>(),
        )))
    }
}

impl<T: Send> ExtractLast<T, ()> for Solo {
    async fn extract_last(&mut self, _reads_left: usize) -> Result<T, SingletonFailure> {
        Extract::<T>::extract(self).await
    }
}
