//! The attributes [`handler`] and [`dependency`] of hueless, and the macro [`routes!`](routes).
//!
//! Use them through the crate `hueless`, which re-exports them. Where it has another name, the option
//! `crate` says so.
//!
//! ```
//! use hueless::{App, Call, Depends, dependency, handler};
//!
//! #[dependency]
//! fn greeting() -> String {
//!     "hello".to_owned()
//! }
//!
//! #[handler]
//! async fn greet(greeting: Depends<greeting>) -> String {
//!     greeting.to_uppercase()
//! }
//!
//! # tokio::runtime::Builder::new_multi_thread().build().unwrap().block_on(async {
//! assert_eq!(App::new().run(greet::handler, Call::new()).await.unwrap(), "HELLO");
//! // The function is there as it was written.
//! assert_eq!(greeting(), "hello");
//! # });
//! ```

// What an attribute expands to names `::hueless::__private`, or the path given by the option `crate`.
//
// An attribute goes through four steps, each in a module of its own: `parse` (syntax to typed options
// and items), `model` (a tree of our own), `check` (the rules, each a function) and `expand` (model to
// tokens). Mistakes are collected, never thrown: the user sees all of them in one compile, and the item
// is emitted whatever they are.

mod check;
mod entry;
mod errors;
mod expand;
mod hygiene;
mod kind;
mod model;
mod page;
mod parse;
mod paths;
mod routes;
#[cfg(test)]
mod tests;

use kind::Kind;
use proc_macro::TokenStream;

/// Makes a function, plain or `async`, a handler.
///
/// The function stays what it is and can be called as before. Beside it stands a type of the same
/// name, and that type carries the handler to register: `read_item::handler`, an `async` function
/// whatever the colour of the one you wrote.
///
/// ```
/// use axum::{Router, extract::Path, http::StatusCode, routing::get};
/// use hueless::{Depends, dependency, handler};
///
/// #[dependency]
/// async fn current_user() -> String {
///     "Ada".to_owned()
/// }
///
/// #[handler]
/// fn read_item(user: Depends<current_user>, Path(id): Path<u64>) -> Result<String, StatusCode> {
///     // Plain: it runs on the blocking lane, so it may block.
///     let text = std::fs::read_to_string(format!("items/{id}")).map_err(|_| StatusCode::NOT_FOUND)?;
///     Ok(format!("{}: {text}", *user))
/// }
///
/// let app: Router = Router::new().route("/items/{id}", get(read_item::handler));
/// ```
///
/// # Parameters
///
/// | written | is |
/// |---|---|
/// | `db: Depends<db>` | the value of the dependency `db` |
/// | `#[depends] user: CurrentUser` | the same, through `type CurrentUser = Depends<current_user>;` |
/// | `Path(id): Path<u64>` | read from the context (for axum: an extractor) |
///
/// The last parameter that is no dependency may consume the body of the request. Parameters are
/// owned: they may cross to another thread.
///
/// # Options
///
/// | option | means | on |
/// |---|---|---|
/// | `inline` | computes for a moment only: runs in place, without a hop to the lane | plain `fn` |
/// | `cpu` | computes for long: runs on the work-stealing pool (feature `cpu`) | plain `fn` |
/// | `sequential` | its dependencies are resolved one at a time, in the order they are written | any |
/// | `seat` | takes a seat before its first node, though no node blocks: for work that it offloads | any |
/// | `requires(a, b)` | these dependencies run before all others, in this order | any |
/// | `after(x)` | if `x` is in the plan as well, start when it is done | any |
/// | `timeout = "2s"` | the request is given up when it takes longer, from its first node to the handler's end | any |
/// | `crate = path` | where hueless is found, if not at `::hueless` | any |
///
/// A time is one or more whole numbers, each with its unit, `us`, `ms`, `s`, `m` or `h`:
/// `"1m 30s"`. On a runtime without timers nobody can tell what takes longer, so there whatever has a
/// `timeout` fails before it starts, however soon it would be done: build the runtime with
/// `enable_time`.
///
/// # Names
///
/// Functions and types have namespaces of their own, so one `use` imports both. But the type shares
/// its namespace with modules and other types: `mod db` or a type `db` beside `fn db` is rustc's
/// E0428, and names of primitive types are refused.
///
/// # Generic functions
///
/// `#[handler] fn list<B: Backend>(…)` is registered as `list::<Postgres>::handler`.
#[proc_macro_attribute]
pub fn handler(options: TokenStream, item: TokenStream) -> TokenStream {
    entry::run(Kind::Handler, options.into(), item.into()).into()
}

/// Makes a function, plain or `async`, or a struct with named fields a dependency.
///
/// The function stays what it is and can be called as before. Beside it stands a type of the same
/// name, which is what [`Depends`] names; one `use` imports both.
///
/// ```
/// use axum::extract::Query;
/// use hueless::{Depends, dependency, handler};
/// # #[derive(serde::Deserialize)]
/// # struct Params { page: u32 }
///
/// #[dependency(singleton)]
/// async fn config() -> String {
///     "items.txt".to_owned()
/// }
///
/// #[dependency]
/// fn items(config: Depends<config>) -> Result<String, String> {
///     std::fs::read_to_string(config.as_str()).map_err(|error| error.to_string())
/// }
///
/// #[dependency]
/// struct Page {
///     items: Depends<items>,
///     query: Query<Params>,
/// }
///
/// #[handler]
/// async fn list(page: Depends<Page>) -> String {
///     format!("page {} of {}", page.query.page, *page.items)
/// }
/// ```
///
/// A function whose return type is written `Result<T, E>` (last segment `Result`) provides `T` and
/// rejects with `E`. A struct is built from its fields, in place.
///
/// Parameters and fields are those of [`handler`], except that none may consume the body.
///
/// # Options
///
/// | option | means | on |
/// |---|---|---|
/// | `guard` | where it is used, nothing later starts before it has passed | any |
/// | `singleton` | made once per `App` | any |
/// | `transient` | made for each use, and owned by it | any |
/// | `inline` | computes for a moment only: runs in place, without a hop to the lane | plain `fn` |
/// | `cpu` | computes for long: runs on the work-stealing pool (feature `cpu`) | plain `fn` |
/// | `executor` | is polled on the executor only, never on a thread of the lane | `async fn` |
/// | `requires(a, b)` | these dependencies run before its other inputs, in this order | any |
/// | `after(x)` | if `x` is in the plan as well, start when it is done | not a singleton |
/// | `timeout = "2s"` | it fails when it takes longer; times are written as in [`handler`] | functions, but not `inline` |
/// | `teardown = path` | this function ends its value, before the response leaves | not `transient` |
/// | `after_response = path` | this function ends its value, after the response | not `transient`, not a singleton |
/// | `limit = 8` | so many of its values live at once in an `App`: see [below](#limits) | not a singleton |
/// | `queue = 8` | so many requests may wait for a value that is over the limit; more are rejected | with `limit` |
/// | `crate = path` | where hueless is found, if not at `::hueless` | any |
///
/// # Teardown
///
/// A function that ends a value takes `Depends<…>` and `Outcome`, is plain or `async`, and returns
/// `()`, or `Result<(), E>` with the error `E` of its dependency. It is called once for each value
/// made, also after a failure, a panic or a cancellation. That of a singleton is called when the
/// `App` shuts down.
///
/// ```
/// use hueless::{Depends, Outcome, dependency};
/// # struct Transaction;
/// # impl Transaction {
/// #     fn commit(&self) -> Result<(), String> { Ok(()) }
/// #     fn roll_back(&self) -> Result<(), String> { Ok(()) }
/// # }
///
/// #[dependency(teardown = end)]
/// fn transaction() -> Result<Transaction, String> {
///     Ok(Transaction)
/// }
///
/// fn end(transaction: Depends<transaction>, outcome: Outcome) -> Result<(), String> {
///     if outcome.is_completed() {
///         transaction.commit()
///     } else {
///         transaction.roll_back()
///     }
/// }
/// ```
///
/// The path is that of any function: `close::<T>` for a generic dependency, `Self::close` for a
/// struct.
///
/// # Limits
///
/// With `limit = N` at most `N` values live at once in an `App`. A request takes a *slot* before the
/// dependency runs, and waits for it without a thread, first come first served. It gives the slot
/// back when the value has been torn down and its last handle is gone, or at once if there is no
/// value. Slots of several dependencies are taken in one order by all requests, so that none waits
/// for another in a circle; for the same reason all slots of one dependency are taken at once, and a
/// graph that needs more than `N` is refused.
///
/// With `queue = Q`, a request is rejected as overloaded where `Q` requests wait already: it does not
/// fill up the app with requests that wait for one resource.
///
/// ```
/// use hueless::{Depends, dependency, handler};
/// # struct Connection;
/// # async fn connect() -> Result<Connection, String> { Ok(Connection) }
///
/// #[dependency(limit = 8, queue = 100)]
/// async fn connection() -> Result<Connection, String> {
///     connect().await
/// }
///
/// #[handler]
/// async fn report(connection: Depends<connection>) {}
/// ```
///
/// # Names
///
/// The type shares its namespace with modules and other types: `mod db` or a type `db` beside `fn db`
/// is rustc's E0428, and names of primitive types are refused. In links of rustdoc, `[db()]` is the
/// function.
///
/// # Generic functions
///
/// `#[dependency] fn page<const SIZE: usize>(…)` is used as `Depends<page<100>>`; each
/// instantiation is a dependency of its own.
///
/// [`Depends`]: https://docs.rs/hueless/latest/hueless/struct.Depends.html
#[proc_macro_attribute]
pub fn dependency(options: TokenStream, item: TokenStream) -> TokenStream {
    entry::run(Kind::Dependency, options.into(), item.into()).into()
}

/// Registers handlers in an `OpenApiRouter` of `utoipa-axum`, with what `#[utoipa::path]` says of them
/// and what their dependencies add to that: `routes!(descriptions; list, items::add)`.
///
/// It makes a `UtoipaMethodRouter`, as the macro of that name in `utoipa-axum` does of functions that
/// axum knows. The crates `axum`, `utoipa` and `utoipa-axum` have to be there under these names. It is
/// in [`hueless::openapi`], which needs the feature `utoipa`.
///
/// ```
/// use hueless::handler;
/// use hueless::openapi::{Descriptions, routes};
/// use utoipa_axum::router::OpenApiRouter;
///
/// #[utoipa::path(get, path = "/ping", responses((status = 200, body = String)))]
/// #[handler]
/// async fn ping() -> &'static str {
///     "pong"
/// }
///
/// let descriptions = Descriptions::new();
/// let router = OpenApiRouter::<()>::new().routes(routes!(descriptions; ping));
/// assert!(router.get_openapi().paths.paths.contains_key("/ping"));
/// ```
///
/// # Panics
///
/// The handlers of one `routes!` have one path and differ in their methods: it panics, where the router
/// is built, if two paths differ, and axum does if two handlers have a method in common.
///
/// [`hueless::openapi`]: https://docs.rs/hueless/latest/hueless/openapi/index.html
#[proc_macro]
pub fn routes(input: TokenStream) -> TokenStream {
    routes::routes(input.into()).into()
}
