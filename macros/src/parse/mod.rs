//! Syntax to typed options and items. Nothing here emits code.

mod cfg;
mod function;
mod item;
mod number;
mod option_name;
mod options;
mod param_attr;
mod split;
mod structure;
mod time;
mod value;

pub(crate) use cfg::Predicate;
pub(crate) use function::Function;
pub(crate) use item::Item;
pub(crate) use options::{Given, Options};
pub(crate) use param_attr::{Marks, strip_marks};
pub(crate) use structure::Structure;
