//! What generated code names, and nothing else. Not part of the public interface: it changes with
//! any release.

pub use core;

pub use crate::app::Slot;
pub use crate::context::{Context, Extract, ExtractLast, Reject};
pub use crate::cpu::{CpuEnabled, CpuPool};
pub use crate::depends::{Depends, DependsOn, Provider};
pub use crate::function::{Function, Many};
pub use crate::handler::{Admits, Handler, HandlerMeta};
pub use crate::invocation::{
    Invocation, Reply, invoke_async, invoke_fallible_async, invoke_fallible_plain, invoke_plain,
};
pub use crate::lifetime::{
    Exclusive, Holds, Lifetime, RequestScoped, Shared, Singleton, Transient,
};
pub use crate::meta::{Colour, Kind, LifetimeKind, Limit, Meta, Place};
pub use crate::outcome::Outcome;
pub use crate::plan::{
    Declaration, Dependency, Inputs, Own, Plan, Read, Resolved, SingletonError, Solo, Source,
    Sources,
};
pub use crate::proof::{Message, Path, Walk, expect_no_mistake};
pub use crate::singleton::SingletonFailure;
pub use crate::teardown::{
    Called, DebugText, Describe, Ended, Ending, Ends, NoText, never, no_text,
};

use core::marker::PhantomData;

/// A type that is a `Result` when it is written `Result`.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is written `Result`, but is not `std::result::Result`",
    label = "not a `std::result::Result`",
    note = "a function whose return type is written `Result` is fallible; give this type another name if it is not",
    note = "see https://docs.rs/hueless/0.1/hueless/guide/errors/index.html#result"
)]
pub trait IsResult {
    /// The type of its success.
    type Ok;
    /// The type of its error.
    type Err;
    /// The same, as what it is.
    fn into_result(self) -> Result<Self::Ok, Self::Err>;
    /// Whether it is an error.
    fn is_err(&self) -> bool;
}

impl<T, E> IsResult for Result<T, E> {
    type Ok = T;
    type Err = E;

    fn into_result(self) -> Self {
        self
    }

    fn is_err(&self) -> bool {
        Self::is_err(self)
    }
}

/// Whether a handler whose return type is written `Result` has failed.
pub fn is_err<T: IsResult>(returned: &T) -> bool {
    returned.is_err()
}

/// What an infallible function returned, as a node's result.
pub fn accepting<T, R>(value: T) -> Result<T, R> {
    Ok(value)
}

/// What a fallible function returned, as a node's result: its error becomes a rejection.
pub fn rejecting<C, T>(value: T) -> Result<T::Ok, C::Rejection>
where
    T: IsResult,
    C: Reject<T::Err>,
{
    value.into_result().map_err(C::reject)
}

/// What `Depends<…>` may name by mistake. rustc then reports the mistake alone, and not the functions
/// that the type does not have; what is a dependency has inherent ones of these names, which win.
pub trait NotADependency {
    /// None. A dependency that is not generic has this one too: its proof stands beside it.
    const __HUELESS_MISTAKE: &'static Option<Message> = &None;

    /// Never runs.
    fn __hueless_meta() -> &'static Meta {
        unreachable!("what names this does not compile")
    }

    /// Never runs.
    fn __hueless_walk(_walk: &mut Walk, _up: Option<&Path<'_>>) {}
}

impl<T: ?Sized> NotADependency for T {}

/// Asks that the work-stealing pool is compiled in.
pub fn assert_cpu<P: CpuEnabled>() {}

/// Tells a [`Depends`] under another name from what is read from the context.
#[derive(Debug)]
pub struct Probe<T>(PhantomData<T>);

impl<D: Provider> Probe<Depends<D>> {
    /// It is one.
    pub const IS_DEPENDS: bool = true;
    /// The same as a type, for where a constant cannot be evaluated.
    pub const KIND: AnAliasOfDepends = AnAliasOfDepends;
}

/// What [`Probe`] answers for everything else.
pub trait NotDepends {
    /// It is none.
    const IS_DEPENDS: bool = false;
    /// The same as a type.
    const KIND: ReadFromTheContext = ReadFromTheContext;
}

impl<T> NotDepends for Probe<T> {}

/// The parameter is a `Depends<…>` under another name; mark it `#[depends]`.
#[derive(Debug, Clone, Copy)]
pub struct AnAliasOfDepends;

/// The parameter is read from the context.
#[derive(Debug, Clone, Copy)]
pub struct ReadFromTheContext;
