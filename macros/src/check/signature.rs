//! What stands around the parameters of a function.

use syn::{Safety, Signature};

use crate::errors::Errors;
use crate::model::Node;

pub(super) fn check(node: &Node, sig: &Signature, errors: &mut Errors) {
    let kind = node.kind;
    if let Some(constness) = &sig.constness {
        errors.at(
            constness.span,
            format!("a {kind} cannot be `const`, as it runs for a request; remove `const`"),
        );
    }
    if let Safety::Unsafe(unsafety) = &sig.safety {
        errors.at(
            unsafety.span,
            format!(
                "a {kind} cannot be `unsafe`, as nobody is there to keep what its caller must \
                 promise; use an `unsafe` block inside"
            ),
        );
    }
    if let Some(abi) = &sig.abi {
        errors.at(
            abi.extern_token.span,
            format!("a {kind} cannot be `extern`, as only hueless calls it; remove `extern`"),
        );
    }
    if let Some(variadic) = &sig.variadic {
        errors.on(
            variadic.dots,
            format!("a {kind} cannot be variadic; give each parameter a type"),
        );
    }
}
