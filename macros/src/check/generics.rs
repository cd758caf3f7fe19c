//! Generic parameters.

use syn::{GenericParam, Generics};

use super::inputs::Borrows;
use crate::errors::Errors;
use crate::model::Node;

/// `borrows` says whether a parameter or a field has been reported for a lifetime.
pub(super) fn check(node: &Node, generics: &Generics, borrows: Borrows, errors: &mut Errors) {
    for parameter in &generics.params {
        let attrs = match parameter {
            GenericParam::Lifetime(parameter) => {
                if borrows == Borrows::No {
                    errors.on(
                        &parameter.lifetime,
                        format!(
                            "a {} cannot have lifetimes, as its values may cross to another thread \
                             and outlive the caller; take owned values, or dependencies through \
                             `Depends`",
                            node.kind
                        ),
                    );
                } else {
                    // The lifetime goes with what borrows, which was reported.
                    errors.leave_to_rustc();
                }
                continue;
            }
            GenericParam::Type(parameter) => &parameter.attrs,
            GenericParam::Const(parameter) => &parameter.attrs,
        };
        if matches!(parameter, GenericParam::Type(parameter) if parameter.ident == "_") {
            errors.leave_to_rustc();
        }
        for attr in attrs {
            if attr.path().is_ident("cfg") || attr.path().is_ident("cfg_attr") {
                errors.on(
                    attr,
                    format!(
                        "a generic parameter of a {} cannot be conditional; put `#[cfg]` on the \
                         whole item",
                        node.kind
                    ),
                );
            }
        }
    }
}
