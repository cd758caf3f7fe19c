//! What an app uses in place of dependencies, and which handlers it serves: both are said of one
//! context, except for values, which need none.

use super::AppBuilder;
use crate::context::Context;
use crate::depends::Provider;
use crate::handler::Admits;
use crate::invocation::{Invocation, Reply};
use crate::lifetime::{Lifetime, RequestScoped, Shared, Singleton, Transient};
use crate::plan::Dependency;

impl<C> AppBuilder<C> {
    /// Has `value` stand for the dependency `D`, in every context and for singletons too: all who
    /// need `D` share it, `D` itself never runs, and so nothing is needed that only `D` needs.
    ///
    /// It is there when a request starts, cannot fail, is no guard and is not torn down.
    ///
    /// ```
    /// use hueless::{App, Background, Call, Depends, dependency, handler};
    ///
    /// #[dependency(singleton)]
    /// async fn config() -> String {
    ///     panic!("there is no file to read in a test")
    /// }
    ///
    /// #[handler]
    /// fn start(config: Depends<config>, background: Depends<Background>) -> usize {
    ///     background.add(|| println!("started"));
    ///     config.len()
    /// }
    ///
    /// # tokio::runtime::Builder::new_multi_thread().enable_all().build().unwrap().block_on(async {
    /// // A test looks at what a handler left to be done, instead of doing it.
    /// let background = Background::new();
    /// let app = App::builder()
    ///     .replace_with::<config>("test".to_owned())
    ///     .replace_with::<Background>(background.clone())
    ///     .build()
    ///     .unwrap();
    /// assert_eq!(app.run(start::handler, Call::new()).await.unwrap(), 4);
    /// assert_eq!(background.len(), 1);
    /// # });
    /// ```
    ///
    /// A transient dependency is owned by its one user, so no value can stand for it.
    pub fn replace_with<D>(mut self, value: D::Output) -> Self
    where
        D: Provider<Lifetime: Shared>,
    {
        self.replacements.add_value::<D>(value);
        self
    }

    /// Has `F` stand for the dependency `D` in the context that was named with [`on`](Self::on):
    /// all who need `D` there get what `F` makes.
    ///
    /// A router's handlers run in `Http<S>` with the router's state `S`, and a
    /// `hueless::axum::require` layer resolves in `Http<()>`: where both need `D`, it is replaced in
    /// both.
    ///
    /// `F` makes the same type and lives at least as long. In all else it is itself: its colour, its
    /// dependencies and what it reads from the context, its errors, `guard`, `requires`, `after`,
    /// `timeout`, `teardown` and `after_response` count, and those of `D` do not. What `after(D)`
    /// waits for is `F`.
    ///
    /// ```
    /// use hueless::{App, Call, Depends, dependency, handler};
    ///
    /// #[dependency]
    /// fn db() -> Result<String, String> {
    ///     Err("no database in a test".to_owned())
    /// }
    ///
    /// #[dependency]
    /// async fn fake_db() -> String {
    ///     "fake".to_owned()
    /// }
    ///
    /// #[handler]
    /// fn read(db: Depends<db>) -> String {
    ///     db.to_uppercase()
    /// }
    ///
    /// # tokio::runtime::Builder::new_multi_thread().enable_all().build().unwrap().block_on(async {
    /// let app = App::builder().on::<Call>().replace::<db, fake_db>().build().unwrap();
    /// assert_eq!(app.run(read::handler, Call::new()).await.unwrap(), "FAKE");
    /// // Another app knows nothing of it.
    /// assert!(App::new().run(read::handler, Call::new()).await.is_err());
    /// # });
    /// ```
    ///
    /// What `F` itself takes as `D`, as a parameter or by `requires`, is the original, so a
    /// replacement can add to what it replaces:
    ///
    /// ```
    /// use hueless::{App, Call, Depends, dependency, handler};
    ///
    /// #[dependency(inline)]
    /// fn greeting() -> String {
    ///     "hello".to_owned()
    /// }
    ///
    /// #[dependency(inline)]
    /// fn louder(greeting: Depends<greeting>) -> String {
    ///     greeting.to_uppercase()
    /// }
    ///
    /// #[handler(inline)]
    /// fn greet(greeting: Depends<greeting>) -> String {
    ///     greeting.to_string()
    /// }
    ///
    /// # tokio::runtime::Builder::new_multi_thread().enable_all().build().unwrap().block_on(async {
    /// let app = App::builder().on::<Call>().replace::<greeting, louder>().build().unwrap();
    /// assert_eq!(app.run(greet::handler, Call::new()).await.unwrap(), "HELLO");
    /// # });
    /// ```
    ///
    /// In a context in which nothing stands for `D`, although something does in another one, whoever
    /// needs `D` is refused when its plan is built: what was replaced is never used by oversight.
    /// A singleton belongs to all contexts, so it is replaced by the same one in each.
    ///
    /// It costs a request nothing: what stands for `D` is looked up when a plan is built.
    pub fn replace<D, F>(mut self) -> Self
    where
        C: OnContext,
        D: Provider,
        F: Provider<Output = D::Output> + LivesAsLongAs<D> + Dependency<C>,
    {
        self.replacements.add_dependency::<C, D, F>();
        self
    }

    /// Names a handler that the app serves in the context that was named with [`on`](Self::on), so
    /// that [`build`](Self::build) reports what is wrong with its graph. Its plan is then there
    /// before the first request, and [`App::start`](crate::App::start) knows the singletons it needs.
    ///
    /// ```
    /// use hueless::{App, Call, Depends, dependency, handler};
    ///
    /// #[dependency]
    /// fn db() -> u8 {
    ///     1
    /// }
    ///
    /// #[dependency(after(fresh))]
    /// fn fake_db() -> u8 {
    ///     2
    /// }
    ///
    /// #[dependency(transient)]
    /// fn fresh() -> u8 {
    ///     3
    /// }
    ///
    /// #[handler]
    /// fn read(db: Depends<db>, fresh: Depends<fresh>) -> u8 {
    ///     *db + *fresh
    /// }
    ///
    /// let builder = App::builder().on::<Call>().replace::<db, fake_db>().serves(read::handler);
    /// let error = builder.build().unwrap_err().to_string();
    /// assert!(error.starts_with("`fake_db` starts after `fresh`, but that is transient"), "{error}");
    /// ```
    pub fn serves<H, M, P, R, T, F>(mut self, handler: F) -> Self
    where
        C: OnContext + Admits<H, M, P>,
        F: FnOnce(Invocation<H, C, M>) -> T,
        T: Future<Output = Result<Reply<R>, C::Rejection>>,
    {
        // It says which handler by its type.
        drop(handler);
        self.checks
            .push(|check| check.plan(<C as Admits<H, M, P>>::plan));
        self
    }
}

/// A context that was named with [`AppBuilder::on`]: every [`Context`], and not
/// [`NoContext`](crate::NoContext).
///
/// ```
/// use hueless::{AppBuilder, Dependency, OnContext, dependency};
///
/// #[dependency]
/// fn clock() -> u64 {
///     1_700_000_000
/// }
///
/// #[dependency]
/// fn stopped_clock() -> u64 {
///     0
/// }
///
/// /// For the tests of whatever is served.
/// fn with_stopped_clock<C: OnContext>(builder: AppBuilder<C>) -> AppBuilder<C> {
///     builder.replace::<clock, stopped_clock>()
/// }
/// # with_stopped_clock(hueless::App::builder().on::<hueless::Call>()).build().unwrap();
/// ```
#[diagnostic::on_unimplemented(
    message = "this is said of one context, and none was named",
    label = "write `.on::<C>()` before this, with the context `C`",
    note = "code for a context is made when the program is compiled, so the builder has to know which: `.on::<Http<AppState>>()` for handlers of an axum router, `.on::<Call>()` for those that `App::run` is given a `Call` for",
    note = "see https://docs.rs/hueless/0.1/hueless/guide/errors/index.html#context"
)]
pub trait OnContext: Context {}

#[diagnostic::do_not_recommend]
impl<C: Context> OnContext for C {}

/// A dependency whose value can be used wherever one of `D` is: one that lives as long, or longer.
///
/// A singleton can stand for a singleton and for a request-scoped dependency, a request-scoped one
/// for a request-scoped one, and a transient one for a transient one, as only that is owned by its
/// user.
///
/// ```
/// use hueless::{AppBuilder, Dependency, LivesAsLongAs, OnContext, Provider, dependency};
///
/// #[dependency]
/// fn clock() -> u64 {
///     1_700_000_000
/// }
///
/// fn with_clock<F, C>(builder: AppBuilder<C>) -> AppBuilder<C>
/// where
///     C: OnContext,
///     F: Provider<Output = u64> + LivesAsLongAs<clock> + Dependency<C>,
/// {
///     builder.replace::<clock, F>()
/// }
/// ```
#[diagnostic::on_unimplemented(
    message = "`{Self}` does not live as long as `{D}`",
    label = "cannot stand for `{D}`",
    note = "a singleton can only be replaced by a singleton, a transient dependency only by a transient one, and any other by one that is not transient",
    note = "see https://docs.rs/hueless/0.1/hueless/guide/errors/index.html#replacement"
)]
pub trait LivesAsLongAs<D: Provider>: Provider {}

#[diagnostic::do_not_recommend]
impl<D, F> LivesAsLongAs<D> for F
where
    D: Provider,
    F: Provider<Lifetime: Covers<D::Lifetime>>,
{
}

/// A lifetime that lasts as long as another one.
#[doc(hidden)]
pub trait Covers<L: Lifetime>: Lifetime {}

impl<L: Shared> Covers<L> for Singleton {}
impl Covers<RequestScoped> for RequestScoped {}
impl Covers<Transient> for Transient {}
