//! A server for a protocol of lines, as a framework author would build it on hueless: only the
//! public interface of hueless is used, and its handlers are everybody's handlers.
//!
//! A request is one line, a verb and its words, with free text at its end if there is any. It is
//! answered by any number of lines and a last one that says how it ended:
//!
//! ```text
//! > GET 1
//! < + Ada
//! < OK
//! > PUT 2 :Grace Hopper
//! < OK
//! > GET 7
//! < ERR missing there is no name 7
//! ```
//!
//! ```
//! use hueless::{App, Depends, dependency, handler};
//! use line_protocol::{Refusal, Router, Text, Word};
//!
//! #[dependency(singleton)]
//! async fn names() -> Vec<String> {
//!     vec!["Ada".to_owned(), "Grace".to_owned()]
//! }
//!
//! /// May block: it runs on a thread of the lane.
//! #[handler]
//! fn get(names: Depends<names>, Word(id): Word<0, usize>) -> Result<String, Refusal> {
//!     let missing = || Refusal::new("missing", format!("there is no name {id}"));
//!     names.get(id).cloned().ok_or_else(missing)
//! }
//!
//! #[handler]
//! async fn shout(Text(text): Text) -> String {
//!     text.to_uppercase()
//! }
//!
//! # tokio::runtime::Builder::new_multi_thread().build().unwrap().block_on(async {
//! let router = Router::new(App::new())
//!     .route("GET", get::handler)
//!     .route("SHOUT", shout::handler);
//! assert_eq!(router.answer("GET 1").await.to_string(), "+ Grace\nOK\n");
//! assert_eq!(router.answer("GET 7").await.to_string(), "ERR missing there is no name 7\n");
//! assert_eq!(router.answer("SHOUT :hello you").await.to_string(), "+ HELLO YOU\nOK\n");
//! # });
//! ```
//!
//! What a framework of one's own takes, in the order to read it:
//!
//! | module | holds |
//! |---|---|
//! | `line` | [`Line`], the context: what a request carries |
//! | `refusal` | [`Refusal`], its rejection, and [`IntoRefusal`], the errors it can reject with |
//! | `extract` | [`FromLine`] and [`FromText`], what can be read from it |
//! | `answer` | [`IntoAnswer`], what a handler may return |
//! | `router` | [`Router`], which takes handlers and runs them |
//! | `server` | [`Server`], the part that has nothing to do with hueless |

mod answer;
mod connection;
mod extract;
mod line;
mod refusal;
mod router;
mod server;

pub use self::answer::{Answer, IntoAnswer};
pub use self::extract::{FromLine, FromText, Peer, Text, ViaLine, ViaText, Word, Words};
pub use self::line::Line;
pub use self::refusal::{IntoRefusal, Refusal};
pub use self::router::Router;
pub use self::server::Server;
