//! What `routes!` generates calls to.

use ::utoipa::__dev::{SchemaReferences, Tags};
use ::utoipa::Path;
use ::utoipa::openapi::path::{HttpMethod, Operation};
use ::utoipa::openapi::{RefOr, Schema};

use super::Descriptions;
use crate::handler::HandlerMeta;

/// The schemas that operations refer to, by name: the first part of what
/// [`routes!`](super::routes) makes.
///
/// ```
/// use axum::Json;
/// use hueless::handler;
/// use hueless::openapi::{Descriptions, Schemas, routes};
///
/// #[derive(serde::Serialize, utoipa::ToSchema)]
/// struct Item {
///     name: String,
/// }
///
/// #[utoipa::path(get, path = "/item", responses((status = 200, body = Item)))]
/// #[handler]
/// async fn item() -> Json<Item> {
///     Json(Item { name: "chair".to_owned() })
/// }
///
/// let (schemas, paths, router): (Schemas, _, axum::routing::MethodRouter) =
///     routes!(Descriptions::new(); item);
/// let names: Vec<&str> = schemas.iter().map(|(name, _)| name.as_str()).collect();
/// assert_eq!(names, ["Item"]);
/// # drop((paths, router));
/// ```
pub type Schemas = Vec<(String, RefOr<Schema>)>;

/// The path, the methods and the operation that `#[utoipa::path]` has written as `P` beside the
/// handler `H`, with what the handler's dependencies add.
#[doc(hidden)]
#[must_use]
pub fn __route<H, P>(
    descriptions: &Descriptions,
    schemas: &mut Schemas,
) -> (String, Vec<HttpMethod>, Operation)
where
    H: HandlerMeta,
    P: Path + SchemaReferences + for<'a> Tags<'a>,
{
    let mut operation = P::operation();
    let tags = P::tags();
    if !tags.is_empty() {
        let known = operation.tags.get_or_insert_default();
        known.extend(tags.into_iter().map(str::to_owned));
    }
    P::schemas(schemas);
    descriptions.describe::<H>(&mut operation);
    (P::path(), P::methods(), operation)
}
