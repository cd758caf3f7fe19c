//! How long a value lives, as types, and how a run stores it.
//!
//! 1. A value that several nodes may read is `Send + Sync` and shared; a transient one has exactly
//!    one reader, needs only `Send`, and is moved to it.
//! 2. A [`Value`] is only ever read as the type it was stored as: plans connect nodes by type when
//!    they are built.

use std::fmt;
use std::sync::Arc;

use tokio_util::sync::{CancellationToken, DropGuard};

use crate::block::{AnyKept, AnyOwned, Kept, Returned, Room};
use crate::lane::Slot;
use crate::meta::LifetimeKind;
use crate::unwind::discard;

/// A lifetime of a dependency's value, as a type: [`RequestScoped`], [`Singleton`] or [`Transient`].
///
/// Which one a dependency has stands in its attribute; this trait is implemented for nothing else.
///
/// ```
/// use hueless::{Lifetime, LifetimeKind, Provider, dependency};
///
/// #[dependency(transient)]
/// fn buffer() -> Vec<u8> {
///     Vec::new()
/// }
///
/// assert_eq!(<buffer as Provider>::Lifetime::KIND, LifetimeKind::Transient);
/// ```
pub trait Lifetime: sealed::Sealed + 'static {
    /// The lifetime as a value.
    const KIND: LifetimeKind;
    /// How a [`Depends`](crate::Depends) holds the value.
    #[doc(hidden)]
    type Cell<T>;
    #[doc(hidden)]
    fn cell<T>(value: T) -> Self::Cell<T>;
    #[doc(hidden)]
    fn get<T>(cell: &Self::Cell<T>) -> &T;
}

/// A lifetime under which a run can keep a value of type `T`: `Send + Sync` for one that many may
/// read, `Send` for one that is moved to its reader.
#[doc(hidden)]
pub trait Holds<T>: Lifetime {
    /// Puts the value into the form in which a run keeps it, in the room of the node that made it.
    fn store(value: T, room: Room) -> Value;
    /// Takes it out again; `None` if something else was stored.
    fn load(value: Value) -> Option<Self::Cell<T>>;
    /// Takes it, for one reader, from where a run keeps it.
    fn read(kept: &mut Option<Value>) -> Option<Self::Cell<T>>;
}

/// A lifetime whose values many may read at once: [`RequestScoped`] and [`Singleton`].
///
/// ```
/// use hueless::{Depends, Provider, Shared};
///
/// fn two<D: Provider<Lifetime: Shared>>(one: Depends<D>) -> [Depends<D>; 2] {
///     [one.clone(), one]
/// }
/// ```
#[diagnostic::on_unimplemented(
    message = "a value that lives as `{Self}` cannot be shared",
    label = "its value cannot be shared",
    note = "a transient dependency is made for each use and owned by it",
    note = "see https://docs.rs/hueless/0.1/hueless/guide/errors/index.html#handle"
)]
pub trait Shared: Lifetime {
    #[doc(hidden)]
    fn share<T>(cell: &Self::Cell<T>) -> Self::Cell<T>;
}

/// A lifetime whose values have one reader, which may change them: [`Transient`].
///
/// ```
/// use hueless::{Depends, Exclusive, Provider};
///
/// fn reset<D: Provider<Output = u8, Lifetime: Exclusive>>(mut counter: Depends<D>) {
///     *counter = 0;
/// }
/// ```
pub trait Exclusive: Lifetime {
    #[doc(hidden)]
    fn get_mut<T>(cell: &mut Self::Cell<T>) -> &mut T;
}

/// Made at most once for each request: the lifetime of a dependency that says nothing else.
#[derive(Debug, Clone, Copy)]
pub enum RequestScoped {}

/// Made once for each [`App`](crate::App): `#[dependency(singleton)]`.
#[derive(Debug, Clone, Copy)]
pub enum Singleton {}

/// Made for each use, and owned by it: `#[dependency(transient)]`.
#[derive(Debug, Clone, Copy)]
pub enum Transient {}

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

macro_rules! shared_lifetime {
    ($name:ident) => {
        impl sealed::Sealed for $name {}

        impl Lifetime for $name {
            const KIND: LifetimeKind = LifetimeKind::$name;
            type Cell<T> = Handle<T>;

            #[inline]
            fn cell<T>(value: T) -> Handle<T> {
                Handle {
                    value: Kept::apart(value),
                    used: Use::default(),
                }
            }

            #[inline]
            fn get<T>(cell: &Handle<T>) -> &T {
                &cell.value
            }
        }

        impl<T: Send + Sync + 'static> Holds<T> for $name {
            #[inline]
            fn store(value: T, room: Room) -> Value {
                Value::Shared(Self::keep(value, room), Use::default())
            }

            #[inline]
            fn load(value: Value) -> Option<Handle<T>> {
                match value {
                    Value::Shared(value, used) => {
                        let value = value.load()?;
                        Some(Handle { value, used })
                    }
                    Value::Owned(..) | Value::Failure(_) => None,
                }
            }

            #[inline]
            fn read(kept: &mut Option<Value>) -> Option<Handle<T>> {
                match kept {
                    Some(Value::Shared(value, used)) => Some(Handle {
                        value: value.load_mut()?,
                        used: used.clone(),
                    }),
                    _ => None,
                }
            }
        }

        impl Shared for $name {
            #[inline]
            fn share<T>(cell: &Handle<T>) -> Handle<T> {
                Handle {
                    value: cell.value.clone(),
                    used: cell.used.clone(),
                }
            }
        }
    };
}

shared_lifetime!(RequestScoped);
shared_lifetime!(Singleton);

impl RequestScoped {
    #[inline]
    fn keep<T: Send + Sync + 'static>(value: T, room: Room) -> AnyKept {
        AnyKept::within(room, value)
    }
}

impl Singleton {
    /// It outlives the run that makes it.
    fn keep<T: Send + Sync + 'static>(value: T, _: Room) -> AnyKept {
        AnyKept::apart(Arc::new(value))
    }
}

impl sealed::Sealed for Transient {}

impl Lifetime for Transient {
    const KIND: LifetimeKind = LifetimeKind::Transient;
    type Cell<T> = Owned<T>;

    #[inline]
    fn cell<T>(value: T) -> Owned<T> {
        Owned(value, Use::default())
    }

    #[inline]
    fn get<T>(cell: &Owned<T>) -> &T {
        &cell.0
    }
}

impl<T: Send + 'static> Holds<T> for Transient {
    #[inline]
    fn store(value: T, room: Room) -> Value {
        Value::owned(value, room)
    }

    #[inline]
    fn load(value: Value) -> Option<Owned<T>> {
        match value {
            Value::Owned(value, used) => Some(Owned(value.into_inner()?, used)),
            Value::Shared(..) | Value::Failure(_) => None,
        }
    }

    #[inline]
    fn read(kept: &mut Option<Value>) -> Option<Owned<T>> {
        kept.take().and_then(Self::load)
    }
}

impl Exclusive for Transient {
    fn get_mut<T>(cell: &mut Owned<T>) -> &mut T {
        &mut cell.0
    }
}

/// How a value is held that many may read.
#[doc(hidden)]
#[derive(Debug)]
pub struct Handle<T> {
    value: Kept<T>,
    /// After the value: who waits for the last use finds the value unshared.
    used: Use,
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

/// How a transient value is held: by its one consumer.
#[doc(hidden)]
#[derive(Debug)]
pub struct Owned<T>(
    T,
    #[expect(
        dead_code,
        reason = "what counts is when it is dropped, after the value"
    )]
    Use,
);

mod sealed {
    pub trait Sealed {}
}
