//! Handlers in a router of `utoipa-axum`, described with what their dependencies say.

use axum::Router;
use axum::extract::{Path, State};
use hueless::openapi::{Describe, Description, Descriptions, routes};
use hueless::{Depends, dependency, handler};
use serde_json::Value;
use utoipa::openapi::path::{Operation, ParameterIn};
use utoipa_axum::router::OpenApiRouter;

use crate::client::{ask, get, post};
use crate::heard;

#[derive(utoipa::IntoParams)]
#[into_params(parameter_in = Header)]
#[expect(dead_code, reason = "it is only described")]
struct Tenant {
    #[param(rename = "x-tenant")]
    tenant: String,
}

#[dependency]
async fn tenant() -> &'static str {
    "acme"
}

impl Describe for tenant {
    fn describe(description: &mut Description) {
        description.parameters::<Tenant>(ParameterIn::Query);
    }
}

#[dependency(guard)]
fn undescribed_guard() -> u8 {
    1
}

#[dependency(guard)]
fn guard_that_says_nothing() -> u8 {
    1
}

impl Describe for guard_that_says_nothing {
    fn describe(_description: &mut Description) {}
}

mod items {
    use super::*;

    #[derive(serde::Serialize, utoipa::ToSchema)]
    pub(super) struct Item {
        id: u64,
    }

    #[utoipa::path(get, path = "/{id}", tag = "items", responses((status = 200, body = Item)))]
    #[handler]
    pub(super) fn show(tenant: Depends<tenant>, Path(id): Path<u64>) -> axum::Json<Item> {
        assert_eq!(*tenant, "acme");
        axum::Json(Item { id })
    }

    /// Generic, and plain.
    #[handler(requires(guard_that_says_nothing))]
    #[utoipa::path(post, path = "/{id}")]
    pub(super) fn add<const BY: u64>(State(base): State<u64>, Path(id): Path<u64>) -> String {
        (base + id + BY).to_string()
    }
}

fn router(descriptions: &Descriptions) -> (Router, Value) {
    let items = OpenApiRouter::new()
        .routes(routes!(descriptions; items::show, items::add::<5>))
        .with_state(100);
    let (router, document) = OpenApiRouter::default()
        .nest("/items", items)
        .split_for_parts();
    (
        router,
        serde_json::to_value(document).expect("a document is JSON"),
    )
}

#[tokio::test]
async fn handlers_are_registered_and_described() {
    let descriptions = Descriptions::new()
        .with::<tenant>()
        .with::<guard_that_says_nothing>();
    let (router, document) = router(&descriptions);
    let answer = ask(&router, get("/items/7")).await;
    assert_eq!(answer.seen(), (200, r#"{"id":7}"#));
    let answer = ask(&router, post("/items/7", "text/plain", "")).await;
    assert_eq!(answer.seen(), (200, "112"));

    let item = &document["paths"]["/items/{id}"];
    assert_eq!(item["get"]["tags"][0], "items");
    assert_eq!(item["get"]["parameters"][0]["name"], "x-tenant");
    assert_eq!(item["get"]["parameters"][0]["in"], "header");
    assert_eq!(item["post"]["parameters"], Value::Null);
    assert!(document["components"]["schemas"]["Item"].is_object());
}

#[allow(dead_code, reason = "it is only described")]
#[handler(requires(undescribed_guard, guard_that_says_nothing))]
async fn guarded(_tenant: Depends<tenant>) {}

#[test]
fn a_guard_that_is_not_described_is_named_in_the_log() {
    heard::listen();
    let descriptions = Descriptions::new().with::<guard_that_says_nothing>();
    let mut operation = Operation::default();
    descriptions.describe::<guarded>(&mut operation);
    assert!(operation == Operation::default(), "nothing is said of it");
    let said = heard::about("undescribed_guard");
    assert_eq!(said.len(), 1);
    let beginning = "WARN a guard is not in the OpenAPI document";
    assert!(said[0].starts_with(beginning), "{said:?}");
    assert!(heard::about("guarded").is_empty(), "that is all");
}
