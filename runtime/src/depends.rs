//! [`Depends`]: the parameter that names a dependency, and [`Provider`]: what it names.

use std::fmt;
use std::ops::{Deref, DerefMut};

use crate::lifetime::{Exclusive, Holds, Lifetime, Shared};
use crate::meta::Meta;

/// What `#[dependency]` makes of a function or a struct: the type that [`Depends`] names.
///
/// Free of the context: what it makes, how long that lives, what is known of it. The attribute
/// implements it; code that is generic over dependencies bounds it.
///
/// ```
/// use hueless::{Depends, Provider, dependency};
///
/// #[dependency(inline)]
/// fn greeting() -> String {
///     "hello".to_owned()
/// }
///
/// fn length<D: Provider<Output = String>>(text: &Depends<D>) -> usize {
///     text.len()
/// }
///
/// assert_eq!(length::<greeting>(&Depends::new("hello".to_owned())), 5);
/// assert_eq!(<greeting as Provider>::meta().name, "greeting");
/// ```
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not a dependency",
    label = "not a dependency",
    note = "`Depends<…>` names a function or a struct that carries `#[hueless::dependency]`; put it on `{Self}`, or take the value without `Depends` if the context supplies it",
    note = "see https://docs.rs/hueless/0.1/hueless/guide/errors/index.html#not-a-dependency"
)]
pub trait Provider: Sized + 'static {
    /// The type of its value: what the function returns, or the `T` of the `Result<T, E>` it returns.
    type Output: 'static;
    /// How long the value lives.
    type Lifetime: Holds<Self::Output>;
    #[doc(hidden)]
    const META: &'static Meta;

    /// What is known of it without running it.
    #[must_use]
    fn meta() -> &'static Meta {
        Self::META
    }
}

/// A parameter type that is a [`Depends`], under whatever name it is written.
#[doc(hidden)]
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not a `Depends<…>`",
    label = "marked `#[depends]`, but not a `Depends<…>`",
    note = "`#[depends]` marks a parameter whose type is another name of `Depends<…>`; without it the parameter is read from the context",
    note = "see https://docs.rs/hueless/0.1/hueless/guide/errors/index.html#mark"
)]
pub trait DependsOn {
    /// What the `Depends` names.
    type Provider: Provider;
    /// The same, under the name that is written.
    fn from_depends(depends: Depends<Self::Provider>) -> Self;
}

impl<D: Provider> DependsOn for Depends<D> {
    type Provider = D;

    fn from_depends(depends: Self) -> Self {
        depends
    }
}

/// The value of the dependency `D`, as a parameter.
///
/// It dereferences to the value. A request-scoped or a singleton one can be cloned, which clones the
/// handle; a `transient` one is owned by its one consumer, so it cannot, but is [`DerefMut`].
/// (`.clone()` on a transient one clones the *value*, by auto-dereference.)
///
/// ```
/// use hueless::{Depends, dependency, handler};
///
/// #[dependency]
/// fn greeting() -> String {
///     "hello".to_owned()
/// }
///
/// #[handler]
/// async fn shout(greeting: Depends<greeting>) -> String {
///     greeting.to_uppercase()
/// }
///
/// # tokio::runtime::Builder::new_current_thread().build().unwrap().block_on(async {
/// // A function with an attribute is still that function.
/// assert_eq!(shout(Depends::new("hi".to_owned())).await, "HI");
/// # });
/// ```
pub struct Depends<D: Provider>(
    <D::Lifetime as Lifetime>::Cell<D::Output>,
    // rustc asks the last field alone for its size. With one that does not name `D`, a type that is
    // no dependency is reported where it is named, and not once more wherever its value is held.
    (),
);

impl<D: Provider> Depends<D> {
    /// Wraps a value, to call a function with an attribute by hand, as a unit test does.
    ///
    /// ```
    /// use hueless::{Depends, dependency, handler};
    ///
    /// #[dependency]
    /// fn user() -> String {
    ///     "Ada".to_owned()
    /// }
    ///
    /// #[handler]
    /// fn greet(user: Depends<user>) -> String {
    ///     format!("hello {user}")
    /// }
    ///
    /// assert_eq!(greet(Depends::new("Grace".to_owned())), "hello Grace");
    /// ```
    #[must_use]
    pub fn new(value: D::Output) -> Self {
        Self(<D::Lifetime as Lifetime>::cell(value), ())
    }

    #[inline]
    pub(crate) fn from_cell(cell: <D::Lifetime as Lifetime>::Cell<D::Output>) -> Self {
        Self(cell, ())
    }
}

impl<D: Provider> Deref for Depends<D> {
    type Target = D::Output;

    #[inline]
    fn deref(&self) -> &D::Output {
        <D::Lifetime as Lifetime>::get(&self.0)
    }
}

impl<D: Provider<Lifetime: Exclusive>> DerefMut for Depends<D> {
    #[inline]
    fn deref_mut(&mut self) -> &mut D::Output {
        <D::Lifetime as Exclusive>::get_mut(&mut self.0)
    }
}

impl<D: Provider<Lifetime: Shared>> Clone for Depends<D> {
    fn clone(&self) -> Self {
        Self(<D::Lifetime as Shared>::share(&self.0), ())
    }
}

impl<D: Provider<Output: fmt::Display>> fmt::Display for Depends<D> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        (**self).fmt(formatter)
    }
}

impl<D: Provider<Output: fmt::Debug>> fmt::Debug for Depends<D> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.debug_tuple("Depends").field(&**self).finish()
    }
}
