use ::utoipa::Modify;
use ::utoipa::openapi::OpenApi;
use ::utoipa::openapi::path::{OperationBuilder, ParameterBuilder, ParameterIn};
use ::utoipa::openapi::response::Response;
use ::utoipa::openapi::security::{Http, HttpAuthScheme, SecurityRequirement, SecurityScheme};

use super::{Describe, Description, Descriptions, needed};
use crate::{Depends, HandlerMeta, Provider, dependency, handler};

#[derive(::utoipa::IntoParams)]
#[expect(dead_code, reason = "its fields are only described")]
struct Page {
    limit: u32,
    offset: Option<u32>,
}

#[dependency(inline)]
fn page<const MAX: u32>() -> u32 {
    MAX
}

impl<const MAX: u32> Describe for page<MAX> {
    fn describe(description: &mut Description) {
        description.parameters::<Page>(ParameterIn::Query);
    }
}

fn bearer() -> SecurityScheme {
    SecurityScheme::Http(Http::new(HttpAuthScheme::Bearer))
}

#[dependency(guard)]
fn user() -> u32 {
    1
}

impl Describe for user {
    fn describe(description: &mut Description) {
        let description = description.scopes("token", bearer(), ["read"]);
        description.response("401", "nobody");
    }
}

#[dependency(guard)]
fn writer(user: Depends<user>) -> u32 {
    *user
}

impl Describe for writer {
    fn describe(description: &mut Description) {
        description.scopes("token", bearer(), ["write"]);
    }
}

#[dependency(guard)]
fn network() -> u32 {
    1
}

impl Describe for network {
    fn describe(description: &mut Description) {
        description.security("network", bearer());
    }
}

#[dependency(singleton)]
fn settings() -> u32 {
    1
}

#[dependency(singleton)]
fn pool(settings: Depends<settings>) -> u32 {
    *settings
}

#[dependency]
fn store(pool: Depends<pool>, writer: Depends<writer>) -> u32 {
    *pool + *writer
}

#[allow(dead_code, reason = "it is only described")]
#[handler(requires(network))]
fn list(_first: Depends<page<10>>, _second: Depends<page<20>>, _store: Depends<store>) {}

#[allow(dead_code, reason = "it is only described")]
#[handler]
async fn ping() {}

fn descriptions() -> Descriptions {
    let descriptions = Descriptions::new().with::<page<10>>().with::<page<20>>();
    descriptions
        .with::<user>()
        .with::<writer>()
        .with::<network>()
}

/// The operation of `list`, as a document shows it.
fn described(written: OperationBuilder) -> serde_json::Value {
    let mut operation = written.build();
    descriptions().describe::<list>(&mut operation);
    serde_json::to_value(operation).expect("an operation is JSON")
}

#[test]
fn all_that_a_handler_needs_is_looked_at_once() {
    let names = |required| {
        let needed = needed(required, list::META).into_iter();
        needed.map(|meta| meta.name).collect::<Vec<&str>>()
    };
    assert_eq!(
        names(&[]),
        ["network", "page", "page", "store", "pool", "writer", "user"]
    );
    assert_eq!(
        names(&[writer::META]),
        ["writer", "user", "network", "page", "page", "store", "pool"]
    );
}

#[test]
fn what_a_layer_requires_is_said_of_the_handlers_behind_it() {
    let mut operation = OperationBuilder::new().build();
    descriptions()
        .behind::<writer>()
        .describe::<ping>(&mut operation);
    let described = serde_json::to_value(operation).unwrap();
    let scopes = serde_json::json!([{ "token": ["read", "write"] }]);
    assert_eq!(described["security"], scopes);
    assert_eq!(described["responses"]["401"]["description"], "nobody");
}

#[test]
fn parameters_are_added_once() {
    let described = described(OperationBuilder::new());
    let parameters = described["parameters"].as_array().unwrap();
    assert_eq!(parameters.len(), 2);
    assert_eq!(parameters[0]["name"], "limit");
    assert_eq!(parameters[0]["in"], "query");
    assert_eq!(parameters[1]["name"], "offset");
    assert_eq!(parameters[1]["required"], false);
}

#[test]
fn what_is_written_at_the_handler_counts() {
    let limit = ParameterBuilder::new();
    let limit = limit.name("limit").parameter_in(ParameterIn::Query);
    let written = OperationBuilder::new()
        .parameter(limit.description(Some("as it is written")))
        .response("401", Response::new("as it is written"));
    let described = described(written);
    assert_eq!(described["parameters"].as_array().unwrap().len(), 2);
    assert_eq!(
        described["parameters"][0]["description"],
        "as it is written"
    );
    assert_eq!(
        described["responses"]["401"]["description"],
        "as it is written"
    );
}

#[test]
fn every_guard_has_to_be_passed() {
    let security = described(OperationBuilder::new())["security"].take();
    assert_eq!(
        security,
        serde_json::json!([{ "network": [], "token": ["read", "write"] }])
    );
}

#[test]
fn every_way_in_leads_past_the_guards() {
    let written = OperationBuilder::new()
        .security(SecurityRequirement::new("cookie", [""; 0]))
        .security(SecurityRequirement::default());
    let security = described(written)["security"].take();
    assert_eq!(
        security,
        serde_json::json!([
            { "cookie": [], "network": [], "token": ["read", "write"] },
            { "network": [], "token": ["read", "write"] }
        ])
    );
}

#[test]
fn a_document_gets_the_schemes_and_keeps_those_it_has() {
    let mut document = OpenApi::default();
    descriptions().modify(&mut document);
    let components = document.components.as_mut().unwrap();
    assert_eq!(
        components.security_schemes.keys().collect::<Vec<_>>(),
        ["network", "token"]
    );
    let basic = SecurityScheme::Http(Http::new(HttpAuthScheme::Basic));
    components.add_security_scheme("token", basic);
    descriptions().modify(&mut document);
    let document = serde_json::to_value(document).unwrap();
    let scheme = &document["components"]["securitySchemes"]["token"]["scheme"];
    assert_eq!(scheme, "basic");
}

#[test]
fn a_handler_without_described_dependencies_is_left_alone() {
    let mut operation = OperationBuilder::new().build();
    descriptions().describe::<ping>(&mut operation);
    assert!(operation == OperationBuilder::new().build());
}
