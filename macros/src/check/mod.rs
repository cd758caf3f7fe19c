//! The rules an item has to keep, each a function. Nothing here emits code.

mod contradictions;
mod generics;
mod inputs;
mod output;
mod rules;
mod scan;
mod signature;

pub(crate) use rules::check;
pub(crate) use scan::Scan;
