//! Parameters and fields.

use syn::{PathArguments, Type};

use super::Scan;
use crate::errors::Errors;
use crate::model::{Input, Node};

/// Whether an input was reported because it borrows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Borrows {
    Yes,
    No,
}

/// As many different conditions on inputs as are expanded: each doubles what is generated.
const MAX_CONDITIONS: usize = 4;

pub(super) fn check(node: &Node, errors: &mut Errors) -> Borrows {
    let noun = if node.is_function() {
        "parameters"
    } else {
        "fields"
    };
    let mut borrows = Borrows::No;
    for input in &node.inputs {
        let scan = Scan::of(&input.ty);
        if let Some(span) = scan.borrow {
            borrows = Borrows::Yes;
            errors.at(
                span,
                format!(
                    "a {} cannot borrow, as its {noun} may cross to another thread; take an owned \
                     value, or a dependency through `Depends`",
                    node.kind
                ),
            );
        }
        match scan.impl_trait {
            Some(span) if node.is_function() => errors.at(
                span,
                format!(
                    "a {} cannot take `impl Trait`, as nothing says which type to resolve; write \
                     the type, or a generic parameter",
                    node.kind
                ),
            ),
            Some(_) => errors.leave_to_rustc(),
            None => {}
        }
        if let Some(span) = scan
            .depends
            .filter(|_| input.is_read() && !is_written_depends(input))
        {
            errors.at(
                span,
                format!(
                    "`Depends<…>` inside of another type is no dependency; take each dependency as \
                     one of the {noun}"
                ),
            );
        }
        let is_nameless = input.field.as_ref().is_some_and(|field| field == "_");
        if scan.infer.is_some() || is_bare_depends(input) || is_nameless {
            errors.leave_to_rustc();
        }
    }
    conditions(node, errors);
    borrows
}

/// `Depends` without what it depends on, which rustc reports as a missing argument.
fn is_bare_depends(input: &Input) -> bool {
    let arguments = depends_arguments(input);
    input.is_read() && matches!(arguments, Some(PathArguments::None))
}

/// Written `Depends<…>`, with whatever arguments.
fn is_written_depends(input: &Input) -> bool {
    depends_arguments(input).is_some()
}

fn depends_arguments(input: &Input) -> Option<&PathArguments> {
    let Type::Path(path) = &input.ty else {
        return None;
    };
    let last = path.path.segments.last()?;
    (last.ident == "Depends").then_some(&last.arguments)
}

fn conditions(node: &Node, errors: &mut Errors) {
    let conditions = node.conditions();
    if let Some(excess) = conditions.get(MAX_CONDITIONS) {
        errors.on(
            excess,
            format!(
                "a {} can have at most {MAX_CONDITIONS} different `#[cfg]` conditions inside; put \
                 `#[cfg]` on the whole item",
                node.kind
            ),
        );
    }
}
