//! The model to tokens. Nothing here can fail.
//!
//! What is generated stands beside the user's item and names nothing but that item, its types and
//! the runtime's `__private`. A type of the function's name and, for a handler, `handler` can be
//! seen; everything else sits in a `const _`.

mod assert;
mod blame;
mod compose;
mod declaration;
mod dependency;
mod edge;
mod ending;
mod fallback;
mod generics;
mod handler;
mod meta;
mod needs;
mod proof;
mod variants;

pub(crate) use compose::expand;
pub(crate) use fallback::fallback;
