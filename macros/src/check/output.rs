//! Return types.

use syn::{ReturnType, Signature};

use super::Scan;
use crate::errors::Errors;
use crate::kind::Kind;
use crate::model::Node;

pub(super) fn check(node: &Node, sig: &Signature, errors: &mut Errors) {
    let kind = node.kind;
    let scan = match &sig.output {
        ReturnType::Type(_, ty) => Scan::of(ty),
        ReturnType::Default => {
            if kind == Kind::Dependency {
                errors.at(
                    sig.ident.span(),
                    "a dependency has to return a value; write its type, or `-> ()` if it is there \
                     for its effect",
                );
            }
            return;
        }
    };
    if let (Some(span), Kind::Dependency) = (scan.impl_trait, kind) {
        errors.at(
            span,
            "a dependency cannot return `impl Trait`, as the type of its value needs a name; write \
             the type, or box it: `Box<dyn Trait + Send + Sync>`",
        );
    }
    if let Some(span) = scan.never {
        errors.at(
            span,
            format!("a {kind} has to return; write the type of its value"),
        );
    }
    // With no parameter to borrow from, neither has a meaning to rustc.
    if scan.borrow.is_some() || scan.infer.is_some() {
        errors.leave_to_rustc();
    }
}
