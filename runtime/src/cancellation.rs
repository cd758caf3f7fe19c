//! [`Cancellation`]: the built-in dependency that tells a node to stop.

use tokio_util::sync::CancellationToken;

use crate::depends::Provider;
use crate::lifetime::Transient;
use crate::meta::{Colour, LifetimeKind, Meta};
use crate::proof::{Path, Walk};

/// Tells the node that takes it when nobody waits for its value any more.
///
/// A blocking call cannot be stopped from outside: it has to ask. Take `Depends<Cancellation>` and
/// look at it between steps. It is cancelled when the request is given up (the client hung up, the
/// future was dropped) and when an earlier node failed, so that the request is rejected without this
/// one. It is not when the handler has returned: a task or a stream that goes on may keep it. A clone
/// is the same one.
///
/// ```
/// use hueless::{Cancellation, Depends, dependency};
///
/// #[dependency]
/// fn checksum(cancellation: Depends<Cancellation>) -> u64 {
///     let mut sum = 0;
///     for block in 0..1_000_u64 {
///         if cancellation.is_cancelled() {
///             break;
///         }
///         sum += block;
///     }
///     sum
/// }
///
/// assert_eq!(checksum(Depends::new(Cancellation::new())), 499_500);
/// ```
#[derive(Debug, Clone, Default)]
pub struct Cancellation(CancellationToken);

impl Cancellation {
    /// One that nobody has cancelled, to call a function by hand.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// Tells whoever looks to stop. In a run this reaches the one who took this token, and no other
    /// node.
    ///
    /// ```
    /// let cancellation = hueless::Cancellation::new();
    /// cancellation.cancel();
    /// assert!(cancellation.is_cancelled());
    /// ```
    pub fn cancel(&self) {
        self.0.cancel();
    }

    /// Whether the work is no longer wanted.
    #[must_use]
    pub fn is_cancelled(&self) -> bool {
        self.0.is_cancelled()
    }

    /// Waits until the work is no longer wanted.
    ///
    /// ```
    /// # tokio::runtime::Builder::new_current_thread().build().unwrap().block_on(async {
    /// let cancellation = hueless::Cancellation::new();
    /// cancellation.cancel();
    /// cancellation.cancelled().await;
    /// # });
    /// ```
    ///
    /// # Cancel safety
    ///
    /// Dropping the future has no effect; call it again to wait again.
    pub fn cancelled(&self) -> impl Future<Output = ()> + Send + '_ {
        self.0.cancelled()
    }
}

impl From<CancellationToken> for Cancellation {
    fn from(token: CancellationToken) -> Self {
        Self(token)
    }
}

impl Provider for Cancellation {
    type Output = Self;
    type Lifetime = Transient;
    const META: &'static Meta = &Meta {
        colour: Colour::Inline,
        lifetime: LifetimeKind::Transient,
        ..Meta::new::<Self>("Cancellation", module_path!())
    };
}

impl Cancellation {
    #[doc(hidden)]
    #[must_use]
    pub fn __hueless_meta() -> &'static Meta {
        Self::META
    }

    #[doc(hidden)]
    pub const fn __hueless_walk(walk: &mut Walk, up: Option<&Path<'_>>) {
        walk.enter(Self::META, up);
    }
}
