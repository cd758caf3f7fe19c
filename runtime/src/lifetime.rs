//! How long a value lives, as types, and how a run stores it.
//!
//! 1. A value that several nodes may read is `Send + Sync` and shared; a transient one has exactly
//!    one reader, needs only `Send`, and is moved to it.
//! 2. A [`Value`] is only ever read as the type it was stored as: plans connect nodes by type when
//!    they are built.

use std::any::Any;
use std::fmt;
use std::sync::Arc;

use crate::meta::LifetimeKind;

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
    /// Puts the value into the form in which a run keeps it.
    fn store(value: T) -> Value;
    /// Takes it out again; `None` if something else was stored.
    fn load(value: Value) -> Option<Self::Cell<T>>;
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
    Shared(Arc<dyn Any + Send + Sync>),
    /// One takes it.
    Owned(Box<dyn Any + Send>),
}

impl Value {
    /// A handle to the same value; `None` for one that only one reader may take.
    pub(crate) fn share(&self) -> Option<Self> {
        match self {
            Self::Shared(value) => Some(Self::Shared(Arc::clone(value))),
            Self::Owned(_) => None,
        }
    }

    /// A value that one reader takes.
    pub(crate) fn owned<T: Send + 'static>(value: T) -> Self {
        Self::Owned(Box::new(value))
    }

    /// The value, if this is an owned one of that type.
    pub(crate) fn into_owned<T: 'static>(self) -> Option<T> {
        match self {
            Self::Owned(value) => value.downcast().ok().map(|value| *value),
            Self::Shared(_) => None,
        }
    }
}

impl fmt::Debug for Value {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(match self {
            Self::Shared(_) => "Value::Shared",
            Self::Owned(_) => "Value::Owned",
        })
    }
}

macro_rules! shared_lifetime {
    ($name:ident) => {
        impl sealed::Sealed for $name {}

        impl Lifetime for $name {
            const KIND: LifetimeKind = LifetimeKind::$name;
            type Cell<T> = Arc<T>;

            fn cell<T>(value: T) -> Arc<T> {
                Arc::new(value)
            }

            fn get<T>(cell: &Arc<T>) -> &T {
                cell
            }
        }

        impl<T: Send + Sync + 'static> Holds<T> for $name {
            fn store(value: T) -> Value {
                Value::Shared(Arc::new(value))
            }

            fn load(value: Value) -> Option<Arc<T>> {
                match value {
                    Value::Shared(value) => value.downcast().ok(),
                    Value::Owned(_) => None,
                }
            }
        }

        impl Shared for $name {
            fn share<T>(cell: &Arc<T>) -> Arc<T> {
                Arc::clone(cell)
            }
        }
    };
}

shared_lifetime!(RequestScoped);
shared_lifetime!(Singleton);

impl sealed::Sealed for Transient {}

impl Lifetime for Transient {
    const KIND: LifetimeKind = LifetimeKind::Transient;
    type Cell<T> = Owned<T>;

    fn cell<T>(value: T) -> Owned<T> {
        Owned(value)
    }

    fn get<T>(cell: &Owned<T>) -> &T {
        &cell.0
    }
}

impl<T: Send + 'static> Holds<T> for Transient {
    fn store(value: T) -> Value {
        Value::owned(value)
    }

    fn load(value: Value) -> Option<Owned<T>> {
        value.into_owned().map(Owned)
    }
}

impl Exclusive for Transient {
    fn get_mut<T>(cell: &mut Owned<T>) -> &mut T {
        &mut cell.0
    }
}

/// How a transient value is held: by its one consumer.
#[doc(hidden)]
#[derive(Debug)]
pub struct Owned<T>(pub(crate) T);

mod sealed {
    pub trait Sealed {}
}
