//! [`Dependency`]: what a plan asks of a dependency, and those that are built in.

use super::declaration::{Declaration, Own};
use crate::background::Background;
use crate::cancellation::Cancellation;
use crate::context::Context;

/// A dependency that can be resolved in the context `C`.
///
/// The attribute implements it for every context that supplies what the function reads and can
/// reject with the errors it returns. Code that is generic over dependencies bounds it.
///
/// ```
/// # #[cfg(feature = "axum")] {
/// use axum::Router;
/// use axum::http::{HeaderMap, StatusCode};
/// use hueless::axum::{Http, require};
/// use hueless::{Dependency, Provider, dependency};
///
/// #[dependency(guard)]
/// async fn user(headers: HeaderMap) -> Result<(), StatusCode> {
///     if headers.contains_key("authorization") { Ok(()) } else { Err(StatusCode::UNAUTHORIZED) }
/// }
///
/// /// The same routes behind whichever guard.
/// fn behind<D: Provider + Dependency<Http<()>>>(routes: Router) -> Router {
///     Router::new().nest("/v1", routes).layer(require::<D>())
/// }
///
/// let router = behind::<user>(Router::new());
/// # drop(router);
/// # }
/// ```
#[diagnostic::on_unimplemented(
    message = "the dependency `{Self}` cannot be resolved in the context `{C}`",
    note = "the context has to supply every parameter and to reject every error of `{Self}` and of its dependencies",
    note = "see https://docs.rs/hueless/0.1/hueless/guide/errors/index.html#parameter"
)]
// Not a subtrait of `Provider`: to rustc a bound `made<T>: Dependency<C>` would then hide the
// implementation of `Provider`, and with it that a `Depends<made<T>>` is `Send`.
pub trait Dependency<C: Context>: 'static {
    /// How a singleton is declared in the run of its own; `None` for every other lifetime.
    #[doc(hidden)]
    const OWN: Option<Own> = None;

    #[doc(hidden)]
    fn declare(node: &mut Declaration<'_, C>);
}

impl<C: Context> Dependency<C> for Cancellation {
    fn declare(node: &mut Declaration<'_, C>) {
        node.cancels();
    }
}

impl<C: Context> Dependency<C> for Background {
    fn declare(node: &mut Declaration<'_, C>) {
        node.takes_background_work();
    }
}
