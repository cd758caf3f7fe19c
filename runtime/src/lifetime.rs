//! How long a value lives, as types.
//!
//! A value that several nodes may read is `Send + Sync` and shared; a transient one has exactly one
//! reader, needs only `Send`, and is moved to it.

use std::sync::Arc;

use crate::block::{AnyKept, Kept, Room};
use crate::meta::LifetimeKind;
use crate::value::{Use, Value};

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
///
/// ```
/// use hueless::{Provider, RequestScoped, dependency};
///
/// #[dependency]
/// async fn user() -> u8 {
///     7
/// }
///
/// fn takes<D: Provider<Lifetime = RequestScoped>>() {}
/// takes::<user>();
/// ```
#[derive(Debug, Clone, Copy)]
pub enum RequestScoped {}

/// Made once for each [`App`](crate::App): `#[dependency(singleton)]`.
///
/// ```
/// use hueless::{Provider, Singleton, dependency};
///
/// #[dependency(singleton)]
/// async fn pool() -> u8 {
///     7
/// }
///
/// fn takes<D: Provider<Lifetime = Singleton>>() {}
/// takes::<pool>();
/// ```
#[derive(Debug, Clone, Copy)]
pub enum Singleton {}

/// Made for each use, and owned by it: `#[dependency(transient)]`.
///
/// ```
/// use hueless::{Provider, Transient, dependency};
///
/// #[dependency(transient)]
/// async fn buffer() -> u8 {
///     7
/// }
///
/// fn takes<D: Provider<Lifetime = Transient>>() {}
/// takes::<buffer>();
/// ```
#[derive(Debug, Clone, Copy)]
pub enum Transient {}

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
