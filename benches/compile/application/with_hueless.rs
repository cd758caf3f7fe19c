//! A module of the application with hueless.

use super::{Function, Handler, line};

const HEAD: &str = "use axum::{Router, routing::get};
use hueless::{Depends, dependency, handler};
";

/// The module's text.
pub(super) fn module(
    module: usize,
    functions: impl Iterator<Item = Function>,
    handlers: impl Iterator<Item = Handler>,
) -> String {
    let mut text = HEAD.to_owned();
    functions.for_each(|one| line(&mut text, &function(one)));
    let mut routes = String::new();
    for one in handlers {
        let index = one.index;
        line(&mut text, &handler(one));
        routes +=
            &format!("\n        .route(\"/{module}/{index}\", get(handler_{index}::handler))");
    }
    line(
        &mut text,
        &format!("\npub fn routes() -> Router {{\n    Router::new(){routes}\n}}"),
    );
    text
}

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
