//! A module of the application with axum by hand: values are extractors, which keep what they have made
//! in the request, so that it is made once.

use super::{Function, Handler, Wording};

pub(super) const WORDING: Wording = Wording {
    head: "use axum::Router;
use axum::extract::FromRequestParts;
use axum::http::{StatusCode, request::Parts};
use axum::routing::get;
use tokio::task::spawn_blocking;
",
    function,
    handler,
    served: "",
};

fn function(function: Function) -> String {
    let index = function.index;
    let (state, input, value) = match function.input() {
        Some(input) => (
            "state",
            format!(
                "
        let Value{input}(input) = Value{input}::from_request_parts(parts, state).await?;"
            ),
            format!("input + {index}"),
        ),
        None => ("_", String::new(), index.to_string()),
    };
    let made = if function.blocks() {
        format!(
            "spawn_blocking(move || Self({value}))
            .await
            .map_err(|_| StatusCode::INTERNAL_SERVER_ERROR)?"
        )
    } else {
        format!("Self({value})")
    };
    format!(
        "
#[derive(Clone)]
pub struct Value{index}(u64);

impl<S: Send + Sync> FromRequestParts<S> for Value{index} {{
    type Rejection = StatusCode;

    async fn from_request_parts(parts: &mut Parts, {state}: &S) -> Result<Self, StatusCode> {{
        if let Some(made) = parts.extensions.get::<Self>() {{
            return Ok(made.clone());
        }}{input}
        let made = {made};
        parts.extensions.insert(made.clone());
        Ok(made)
    }}
}}"
    )
}

fn handler(handler: Handler) -> String {
    let index = handler.index;
    let parameters: Vec<_> = handler
        .inputs()
        .map(|input| format!("    Value{input}(v{input}): Value{input},\n"))
        .collect();
    let values: Vec<_> = handler.inputs().map(|input| format!("v{input}")).collect();
    let (parameters, values) = (parameters.concat(), values.join(" + "));
    if handler.blocks() {
        format!(
            "
pub async fn handler_{index}(
{parameters}) -> Result<String, StatusCode> {{
    spawn_blocking(move || ({values}).to_string())
        .await
        .map_err(|_| StatusCode::INTERNAL_SERVER_ERROR)
}}"
        )
    } else {
        format!(
            "
pub async fn handler_{index}(
{parameters}) -> String {{
    ({values}).to_string()
}}"
        )
    }
}
