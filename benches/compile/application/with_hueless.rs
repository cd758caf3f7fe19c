//! A module of the application with hueless.

use super::{Function, Handler, Wording};

pub(super) const WORDING: Wording = Wording {
    head: "use axum::{Router, routing::get};
use hueless::{Depends, dependency, handler};
",
    function,
    handler,
    served: "::handler",
};

fn colour(blocks: bool) -> &'static str {
    if blocks { "" } else { "async " }
}

fn function(function: Function) -> String {
    let (index, colour) = (function.index, colour(function.blocks()));
    let (parameter, value) = match function.input() {
        Some(input) => (
            format!("input: Depends<value_{input}>"),
            format!("*input + {index}"),
        ),
        None => (String::new(), index.to_string()),
    };
    format!(
        "
#[dependency]
pub {colour}fn value_{index}({parameter}) -> u64 {{
    {value}
}}"
    )
}

fn handler(handler: Handler) -> String {
    let (index, colour) = (handler.index, colour(handler.blocks()));
    let parameters: Vec<_> = handler
        .inputs()
        .map(|input| format!("    v{input}: Depends<value_{input}>,\n"))
        .collect();
    let values: Vec<_> = handler.inputs().map(|input| format!("*v{input}")).collect();
    format!(
        "
#[handler]
pub {colour}fn handler_{index}(
{}) -> String {{
    ({}).to_string()
}}",
        parameters.concat(),
        values.join(" + ")
    )
}
