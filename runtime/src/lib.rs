//! *What colour is your function? Here it does not matter.*
//!
//! Write handlers and dependencies as `async fn` or as plain `fn`, and mix them at will. Async ones
//! are awaited in place, plain ones run on threads where they may block. Dependencies are resolved
//! concurrently, once for each request, with as few hops to those threads as the graph allows.
//!
//! ```
//! use hueless::{App, Call, Depends, Input, dependency, handler};
//!
//! #[dependency(singleton)]
//! async fn greeting() -> String {
//!     "hello".to_owned()
//! }
//!
//! #[dependency]
//! fn user(Input(id): Input<u64>) -> Result<String, String> {
//!     // May block: it runs on a thread of the lane.
//!     if id == 1 { Ok("Ada".to_owned()) } else { Err(format!("no user {id}")) }
//! }
//!
//! #[handler]
//! async fn greet(greeting: Depends<greeting>, user: Depends<user>) -> String {
//!     format!("{} {}", *greeting, *user)
//! }
//!
//! # tokio::runtime::Builder::new_multi_thread().build().unwrap().block_on(async {
//! let app = App::new();
//! assert_eq!(app.run(greet::handler, Call::new().with(1_u64)).await.unwrap(), "hello Ada");
//! let error = app.run(greet::handler, Call::new().with(2_u64)).await.unwrap_err();
//! assert_eq!(error.to_string(), "no user 2");
//! # });
//! ```
//!
//! With the feature `axum`, `get(greet::handler)` serves the same function over HTTP: see the module
//! `axum`. A framework of your own is a [`Context`].
#![cfg_attr(
    all(doc, feature = "axum"),
    doc = "",
    doc = "The [guide] begins with the first handler. It has pages for readers coming",
    doc = "[from FastAPI](guide::from_fastapi) or [from axum](guide::from_axum), and for each",
    doc = "[compile error](guide::errors)."
)]
#![cfg_attr(docsrs, feature(doc_cfg))]

// Expansions name `::hueless`, also in this crate's own documentation tests.
extern crate self as hueless;

mod after_response;
mod app;
mod background;
mod block;
mod block_on;
mod blocking_stream;
mod cancellation;
mod columns;
mod context;
mod cpu;
mod depends;
pub mod explain;
mod failure;
mod function;
mod graph;
mod handler;
#[cfg(feature = "inspect")]
pub mod inspect;
mod invocation;
mod json;
mod lane;
mod lifetime;
mod meta;
mod offload;
mod outcome;
mod plan;
mod proof;
mod run;
mod scope;
mod singleton;
mod teardown;
mod timer;
mod unwind;
mod value;
mod xml;

#[cfg(feature = "apalis")]
pub mod apalis;
#[cfg(feature = "axum")]
pub mod axum;

#[cfg(feature = "metrics")]
pub mod metrics;

// Half of it is about axum.
#[cfg(all(doc, feature = "axum"))]
#[cfg_attr(docsrs, doc(auto_cfg = false))]
pub mod guide;

#[cfg(feature = "utoipa")]
pub mod openapi;

#[cfg(feature = "tower")]
pub mod tower;

#[doc(hidden)]
#[path = "private.rs"]
pub mod __private;

pub use self::after_response::AfterResponse;
pub use self::app::{
    App, AppBuilder, LivesAsLongAs, NoContext, NotMade, OnContext, PollOnLane, StartError, Stats,
    StillRunning,
};
pub use self::background::{Background, Work};
pub use self::block_on::block_on;
pub use self::blocking_stream::{BlockingStream, blocking_stream};
pub use self::cancellation::Cancellation;
pub use self::context::{
    BoxError, Call, Context, Extract, ExtractLast, Input, MissingInput, Reject,
};
pub use self::depends::{Depends, Provider};
pub use self::failure::Failure;
pub use self::graph::Graph;
pub use self::handler::{Admits, HandlerMeta};
pub use self::invocation::{Invocation, Reply};
pub use self::lifetime::{Exclusive, Lifetime, RequestScoped, Shared, Singleton, Transient};
pub use self::meta::{Colour, Kind, LifetimeKind, Limit, Meta, Place};
pub use self::offload::offload;
#[cfg(feature = "cpu")]
pub use self::offload::offload_cpu;
pub use self::outcome::Outcome;
pub use self::plan::{Dependency, PlanError};

#[cfg(feature = "macros")]
pub use hueless_macros::{dependency, handler};
