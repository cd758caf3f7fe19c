//! The proofs that run while the user's crate is compiled: no cycle, no singleton that needs a
//! request.
//!
//! Each dependency has an inherent `const fn` that [enters](Walk::enter) itself and calls those of
//! its dependencies. A `const _` beside each one that is not generic starts a [`Walk`] there, which
//! panics with its message. Calls may form a cycle where constants may not. All that a walk knows of a
//! node is in its `Meta`. A generic one has a constant with what a walk that starts there finds; the
//! `const _` beside a handler asks for it, whatever name the handler has for the dependency.
//!
//! 1. A walk visits a node once, so diamonds cost nothing. Instantiations of a generic function look
//!    the same to it (types cannot be compared in a constant), so those are visited a bounded number
//!    of times.
//! 2. Whatever is not generic has proofs of its own, so a walk for lifetimes goes only through what is
//!    generic until it comes to a singleton, and from there through all that the singleton is made of.
//! 3. A cycle is reported by its first member in the source alone. A walk therefore goes only
//!    through nodes that stand after its start; generic ones count as last.
//! 4. A walk gives up, silently, beyond [`Walk::NODES`] nodes or [`Walk::DEPTH`] steps down (rustc
//!    allows 128 frames). Plans check again when they are built.

mod message;
mod step;
mod walk;

pub use self::message::{Message, expect_no_mistake};
pub use self::step::Path;
pub use self::walk::Walk;
