//! One expansion for each combination of `#[cfg]`s on inputs.
//!
//! A bound or a tuple's element cannot carry a `#[cfg]`, so what is generated is generated for the
//! input being there and once more for it not being there.

use proc_macro2::TokenStream;
use quote::quote;

use crate::model::Node;

/// A node under a condition.
pub(super) struct Variant {
    /// `#[cfg(all(unix, not(feature = "x")))]`; empty if the item has no conditional input.
    pub(super) condition: TokenStream,
    /// With the inputs that are there.
    pub(super) node: Node,
}

/// ```text
/// // Input:
/// fn db(#[cfg(unix)] socket: Depends<socket>) -> Db
///
/// // Output:
/// #[cfg(all(unix))]      fn db(socket: Depends<socket>) -> Db
/// #[cfg(all(not(unix)))] fn db() -> Db
/// ```
pub(super) fn variants(node: &Node) -> Vec<Variant> {
    let conditions = node.conditions();
    if conditions.is_empty() {
        return vec![Variant {
            condition: TokenStream::new(),
            node: node.clone(),
        }];
    }
    (0_u32..1 << conditions.len())
        .map(|combination| {
            let holds = |index: usize| combination & (1 << index) == 0;
            let tests = conditions.iter().enumerate().map(|(index, condition)| {
                if holds(index) {
                    quote!(#condition)
                } else {
                    quote!(not(#condition))
                }
            });
            let condition = quote!(#[cfg(all(#(#tests),*))]);
            let mut node = node.clone();
            node.inputs.retain(|input| {
                let mut indices = (0..conditions.len()).filter(|&index| !holds(index));
                !indices.any(|index| input.cfg.contains(&conditions[index]))
            });
            Variant { condition, node }
        })
        .collect()
}
