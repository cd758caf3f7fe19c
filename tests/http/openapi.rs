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

mod schemes {
    use utoipa::Modify;
    use utoipa::openapi::OpenApi;
    use utoipa::openapi::security::{Http, HttpAuthScheme, SecurityScheme};

    use super::*;

    /// Guards that disagree on what `token` is; the two that say bearer do not.
    macro_rules! guard {
        ($name:ident, $scheme:ident) => {
            #[dependency(guard)]
            async fn $name() -> u8 {
                1
            }

            impl Describe for $name {
                fn describe(description: &mut Description) {
                    let scheme = Http::new(HttpAuthScheme::$scheme);
                    description.security("token", SecurityScheme::Http(scheme));
                }
            }
        };
    }
    guard!(says_bearer, Bearer);
    guard!(says_bearer_too, Bearer);
    guard!(says_basic, Basic);
    guard!(says_digest, Digest);

    /// What a document says `token` is.
    fn token(descriptions: &Descriptions) -> Value {
        let mut document = OpenApi::default();
        descriptions.modify(&mut document);
        let document = serde_json::to_value(document).expect("a document is JSON");
        document["components"]["securitySchemes"]["token"]["scheme"].clone()
    }

    #[test]
    fn of_schemes_with_one_name_the_first_is_kept_and_the_others_are_named_in_the_log() {
        heard::listen();
        let one = Descriptions::new().with::<says_digest>();
        let one = one.with::<says_bearer>().with::<says_basic>();
        assert_eq!(token(&one), "digest");
        let message = "WARN two security schemes have one name, and only the first is in the OpenAPI \
                       document: give one of them another name scheme=token kept_of=says_digest";
        for node in ["says_bearer", "says_basic"] {
            assert_eq!(heard::about(node), [message], "{node}");
        }
        assert!(heard::about("says_digest").is_empty());
    }

    #[test]
    fn dependencies_may_share_a_scheme() {
        heard::listen();
        let same = Descriptions::new().with::<says_bearer>();
        let same = same.with::<says_bearer_too>();
        assert_eq!(token(&same), "bearer");
        assert!(heard::about("says_bearer_too").is_empty());
    }
}

mod paths {
    use super::*;

    #[utoipa::path(get, path = "/one")]
    #[handler]
    async fn one() {}

    #[utoipa::path(post, path = "/other")]
    #[handler]
    async fn other() {}

    #[test]
    #[should_panic = "the handlers of one `routes!` have one path, but `one` is at \"/one\" and `other` \
                      at \"/other\"; write a `routes!` for each path"]
    fn handlers_of_two_paths_are_refused() {
        let descriptions = Descriptions::new();
        let _: OpenApiRouter = OpenApiRouter::new().routes(routes!(descriptions; one, other));
    }
}

mod behind {
    use axum::http::{HeaderMap, StatusCode};
    use hueless::axum::require;

    use super::*;

    #[dependency(guard)]
    async fn known(headers: HeaderMap) -> Result<(), StatusCode> {
        let known = headers.contains_key("x-known");
        known.then_some(()).ok_or(StatusCode::UNAUTHORIZED)
    }

    impl Describe for known {
        fn describe(description: &mut Description) {
            description.response("401", "nobody is known by that");
        }
    }

    #[dependency(guard)]
    async fn undescribed_layer(_known: Depends<known>) -> () {}

    #[utoipa::path(get, path = "/inside")]
    #[handler]
    async fn inside() -> &'static str {
        "come in"
    }

    #[utoipa::path(get, path = "/outside")]
    #[handler]
    async fn outside() {}

    #[tokio::test]
    async fn a_layers_guard_is_in_the_operations_behind_it_and_in_no_other() {
        heard::listen();
        let descriptions = Descriptions::new().with::<known>();
        let inside = OpenApiRouter::new()
            .routes(routes!(descriptions.behind::<undescribed_layer>(); inside))
            .layer(require::<undescribed_layer>());
        let (router, document) = OpenApiRouter::default()
            .routes(routes!(descriptions; outside))
            .merge(inside)
            .split_for_parts();
        let document = serde_json::to_value(document).expect("a document is JSON");

        let responses = |path: &str| document["paths"][path]["get"]["responses"].clone();
        let reason = "nobody is known by that";
        assert_eq!(responses("/inside")["401"]["description"], reason);
        assert_eq!(responses("/outside")["401"], Value::Null);
        assert_eq!(ask(&router, get("/inside")).await.status, 401);
        assert_eq!(ask(&router, get("/outside")).await.status, 200);
        let said = heard::about("undescribed_layer");
        assert_eq!(said.len(), 1, "{said:?}");
    }
}
