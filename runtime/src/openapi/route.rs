//! What `routes!` generates calls to.

use ::utoipa::__dev::{SchemaReferences, Tags};
use ::utoipa::Path;
use ::utoipa::openapi::path::{HttpMethod, Paths};
use ::utoipa::openapi::{RefOr, Schema};

use super::Descriptions;
use crate::handler::HandlerMeta;

/// What the handlers of one `routes!` are described with. All are of one path, as they share a method
/// router.
#[doc(hidden)]
#[derive(Default)]
#[expect(missing_debug_implementations, reason = "no user of it has one")]
pub struct __Routes {
    /// Those that operations refer to, by name.
    schemas: Vec<(String, RefOr<Schema>)>,
    paths: Paths,
    /// The first handler, and its path.
    first: Option<(&'static str, String)>,
}

impl __Routes {
    /// Adds the operation that `#[utoipa::path]` has written as `P` beside the handler `H`, with what
    /// the handler's dependencies add, and tells its methods.
    ///
    /// # Panics
    ///
    /// If its path is not that of the first.
    #[track_caller]
    pub fn add<H, P>(&mut self, descriptions: &Descriptions) -> Vec<HttpMethod>
    where
        H: HandlerMeta,
        P: Path + SchemaReferences + for<'a> Tags<'a>,
    {
        let path = P::path();
        self.expect_same_path(H::META.name, &path);
        let mut operation = P::operation();
        let tags = P::tags();
        if !tags.is_empty() {
            let known = operation.tags.get_or_insert_default();
            known.extend(tags.into_iter().map(str::to_owned));
        }
        P::schemas(&mut self.schemas);
        descriptions.describe::<H>(&mut operation);
        self.paths.add_path_operation(path, P::methods(), operation);
        P::methods()
    }

    #[track_caller]
    fn expect_same_path(&mut self, handler: &'static str, path: &str) {
        let first = self.first.get_or_insert_with(|| (handler, path.to_owned()));
        let (first, shared) = first;
        assert!(
            shared == path,
            "the handlers of one `routes!` have one path, but `{first}` is at \"{shared}\" and \
             `{handler}` at \"{path}\"; write a `routes!` for each path"
        );
    }

    /// What an `OpenApiRouter` takes beside the method router.
    #[must_use]
    pub fn into_parts(self) -> (Vec<(String, RefOr<Schema>)>, Paths) {
        (self.schemas, self.paths)
    }
}
