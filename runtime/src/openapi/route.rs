//! What `routes!` generates calls to.

use ::utoipa::__dev::{SchemaReferences, Tags};
use ::utoipa::Path;
use ::utoipa::openapi::path::{HttpMethod, Operation};
use ::utoipa::openapi::{RefOr, Schema};

use super::Descriptions;
use crate::handler::HandlerMeta;

/// The schemas that operations refer to, by name: the first part of what
/// [`routes!`](super::routes) makes.
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
