//! All rules, in the order in which their messages appear.

use super::{contradictions, generics, inputs, output, signature};
use crate::errors::Errors;
use crate::model::Node;
use crate::parse::{Item, Options};

/// Checks everything that can be seen without types.
pub(crate) fn check(node: &Node, item: &Item, options: &Options, errors: &mut Errors) {
    contradictions::check(node, options, errors);
    match item {
        Item::Function(function) => {
            signature::check(node, &function.sig, errors);
            let borrows = inputs::check(node, errors);
            generics::check(node, &function.sig.generics, borrows, errors);
            output::check(node, &function.sig, errors);
        }
        Item::Struct(structure) => {
            let borrows = inputs::check(node, errors);
            generics::check(node, &structure.0.generics, borrows, errors);
        }
    }
}
