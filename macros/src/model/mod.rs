//! The tree that is checked and expanded: a handler or a dependency, whatever it was written as.

mod allowed;
mod build;
mod input;
mod node;
mod output;
mod text;

pub(crate) use allowed::Allowed;
pub(crate) use build::build;
pub(crate) use input::{Ends, Input, Source};
pub(crate) use node::{Colour, Lifetime, Limit, Node};
pub(crate) use output::Output;
pub(crate) use text::text;
