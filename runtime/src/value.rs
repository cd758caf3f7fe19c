//! A value as a run keeps it, whatever its type, and who counts among those who use it.
//!
//! A [`Value`] is only ever read as the type it was stored as: plans connect nodes by type when they
//! are built.

use std::fmt;
use std::sync::Arc;

use tokio_util::sync::{CancellationToken, DropGuard};

use crate::block::{AnyKept, AnyOwned, Returned, Room};
use crate::lane::Slot;
use crate::unwind::discard;

/// A value as a run keeps it.
#[doc(hidden)]
pub enum Value {
    /// Many may read it.
    Shared(AnyKept, Use),
    /// One takes it.
    Owned(AnyOwned, Use),
    /// What a handler returned, if that is a failure.
    Failure(AnyOwned),
}

impl Value {
    /// A handle to the same value; `None` for one that only one reader may take.
    #[inline]
    pub(crate) fn share(&self) -> Option<Self> {
        match self {
            Self::Shared(value, used) => Some(Self::Shared(value.share(), used.clone())),
            Self::Owned(..) | Self::Failure(_) => None,
        }
    }

    /// Expects so many readers.
    #[inline]
    pub(crate) fn expect(&mut self, readers: u32) {
        if let Self::Shared(value, _) = self {
            value.expect(readers);
        }
    }

    /// A handle for one of the readers that were expected; `None` for a value that only one may take.
    #[inline]
    pub(crate) fn share_mut(&mut self) -> Option<Self> {
        match self {
            Self::Shared(value, used) => Some(Self::Shared(value.share_mut(), used.clone())),
            Self::Owned(..) | Self::Failure(_) => None,
        }
    }

    /// Has whoever reads it noticed from now on. The token is cancelled when the last handle is gone
    /// that was shared since, this one included.
    #[inline]
    pub(crate) fn notice_use(&mut self) -> Option<CancellationToken> {
        match self {
            Self::Shared(_, used) => {
                let token = CancellationToken::new();
                let within = std::mem::take(used);
                *used = Use::of(Held::Noticed(token.clone().drop_guard(), within));
                Some(token)
            }
            Self::Owned(..) | Self::Failure(_) => None,
        }
    }

    /// Drops it, and gives back what it has of a block together with others.
    #[inline]
    pub(crate) fn end(self, returned: &mut Returned) {
        match self {
            Self::Shared(value, used) if used.is_none() => value.end(returned),
            value => discard(value),
        }
    }

    /// The same value, which has its slot for as long as anybody has the value.
    #[inline]
    pub(crate) fn with_slot(self, slot: Slot) -> Self {
        let slot = Use::of(Held::Slot(slot));
        match self {
            Self::Shared(value, _) => Self::Shared(value, slot),
            Self::Owned(value, _) => Self::Owned(value, slot),
            failure @ Self::Failure(_) => failure,
        }
    }

    /// The same value, as one who does not count among those who use it.
    #[inline]
    pub(crate) fn unnoticed(self) -> Self {
        match self {
            Self::Shared(value, used) => Self::Shared(value, used.unnoticed()),
            owned @ (Self::Owned(..) | Self::Failure(_)) => owned,
        }
    }

    /// How many handles there are besides this one.
    #[inline]
    pub(crate) fn other_handles(&self) -> usize {
        match self {
            Self::Shared(value, _) => value.others(),
            Self::Owned(..) | Self::Failure(_) => 0,
        }
    }

    /// What a handler returned.
    #[inline]
    pub(crate) fn returned<T: Send + 'static>(value: T, is_failure: bool, room: Room) -> Self {
        let value = AnyOwned::within(room, value);
        if is_failure {
            Self::Failure(value)
        } else {
            Self::Owned(value, Use::default())
        }
    }

    /// Whether this is what a handler returned that failed.
    #[inline]
    pub(crate) fn is_failure(&self) -> bool {
        matches!(self, Self::Failure(_))
    }

    /// A value that one reader takes.
    #[inline]
    pub(crate) fn owned<T: Send + 'static>(value: T, room: Room) -> Self {
        Self::Owned(AnyOwned::within(room, value), Use::default())
    }

    /// What one reader would take, if it is of that type.
    #[inline]
    pub(crate) fn owned_mut<T: 'static>(&mut self) -> Option<&mut T> {
        match self {
            Self::Owned(value, _) => value.downcast_mut(),
            Self::Shared(..) | Self::Failure(_) => None,
        }
    }

    /// The value, if this is an owned one of that type.
    #[inline]
    pub(crate) fn into_owned<T: 'static>(self) -> Option<T> {
        match self {
            Self::Owned(value, _) | Self::Failure(value) => value.into_inner(),
            Self::Shared(..) => None,
        }
    }
}

impl fmt::Debug for Value {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(match self {
            Self::Shared(..) => "Value::Shared",
            Self::Owned(..) => "Value::Owned",
            Self::Failure(_) => "Value::Failure",
        })
    }
}

/// That somebody uses a value, where it matters when the last one is gone who does: it is dropped
/// after the value.
#[doc(hidden)]
#[derive(Debug, Clone, Default)]
pub struct Use(Option<Arc<Held>>);

/// What goes with the last one who uses a value.
#[derive(Debug)]
enum Held {
    /// The end of the value waits for that. Whoever does not count holds what is within.
    Noticed(
        #[expect(dead_code, reason = "what counts is when it is dropped")] DropGuard,
        Use,
    ),
    /// The value is one of so many that may live at once.
    Slot(#[expect(dead_code, reason = "what counts is when it is dropped")] Slot),
}

impl Use {
    fn of(held: Held) -> Self {
        Self(Some(Arc::new(held)))
    }

    #[inline]
    fn is_none(&self) -> bool {
        self.0.is_none()
    }

    fn unnoticed(self) -> Self {
        match self.0.as_deref() {
            Some(Held::Noticed(_, within)) => within.clone(),
            Some(Held::Slot(_)) | None => self,
        }
    }
}
