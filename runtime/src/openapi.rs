//! What dependencies add to an OpenAPI document of `utoipa`: parameters, responses, security.
//!
//! `#[utoipa::path]` says what a handler does, above `#[handler]` or below it. What callers have to
//! know because of a dependency is said once, where that is, in [`Describe`]: the parameters it reads,
//! or, of a guard, the security scheme. [`Descriptions`] adds it to every operation whose handler
//! needs the dependency, however deep; [`routes!`] does so while it registers handlers in a router of
//! `utoipa-axum`.
//!
//! ```
//! use axum::Json;
//! use axum::extract::Query;
//! use axum::http::{HeaderMap, StatusCode};
//! use hueless::openapi::{Describe, Description, Descriptions, routes};
//! use hueless::{Depends, dependency, handler};
//! use serde::Deserialize;
//! use utoipa::openapi::path::ParameterIn;
//! use utoipa::openapi::security::{Http, HttpAuthScheme, SecurityScheme};
//! use utoipa::{IntoParams, Modify};
//! use utoipa_axum::router::OpenApiRouter;
//!
//! #[dependency(guard)]
//! async fn token(headers: HeaderMap) -> Result<String, StatusCode> {
//!     let token = headers.get("authorization").and_then(|token| token.to_str().ok());
//!     token.map(str::to_owned).ok_or(StatusCode::UNAUTHORIZED)
//! }
//!
//! impl Describe for token {
//!     fn describe(description: &mut Description) {
//!         let bearer = SecurityScheme::Http(Http::new(HttpAuthScheme::Bearer));
//!         description.security("token", bearer).response("401", "there is no token");
//!     }
//! }
//!
//! #[derive(Clone, Deserialize, IntoParams)]
//! struct Page {
//!     /// How many at most.
//!     limit: Option<usize>,
//! }
//!
//! #[dependency(inline)]
//! fn page(Query(page): Query<Page>) -> Page {
//!     page
//! }
//!
//! impl Describe for page {
//!     fn describe(description: &mut Description) {
//!         description.parameters::<Page>(ParameterIn::Query);
//!     }
//! }
//!
//! /// All names.
//! #[utoipa::path(get, path = "/names", responses((status = 200, body = [String])))]
//! #[handler]
//! async fn names(_token: Depends<token>, page: Depends<page>) -> Json<Vec<&'static str>> {
//!     Json(["Ada", "Grace"].into_iter().take(page.limit.unwrap_or(10)).collect())
//! }
//!
//! let descriptions = Descriptions::new().with::<token>().with::<page>();
//! let router = OpenApiRouter::<()>::new().routes(routes!(descriptions; names));
//! let (router, mut document) = router.split_for_parts();
//! descriptions.modify(&mut document);
//!
//! let document = serde_json::to_value(document).unwrap();
//! let operation = &document["paths"]["/names"]["get"];
//! assert_eq!(operation["parameters"][0]["name"], "limit");
//! assert_eq!(operation["security"][0]["token"], serde_json::json!([]));
//! assert_eq!(document["components"]["securitySchemes"]["token"]["scheme"], "bearer");
//! # drop(router);
//! ```
//!
//! What `#[utoipa::path]` says itself counts: a parameter or a response that is there is not added
//! once more.
//!
//! # Guards of a router
//!
//! A layer of [`axum::require`](crate::axum::require()) stands around the handlers, so what it requires
//! cannot be seen in them. [`Descriptions::behind`] says it where they are registered:
//!
//! ```
//! use axum::http::{HeaderMap, StatusCode};
//! use hueless::axum::require;
//! use hueless::openapi::{Describe, Description, Descriptions, routes};
//! use hueless::{dependency, handler};
//! use utoipa_axum::router::OpenApiRouter;
//!
//! #[dependency(guard)]
//! async fn admin(headers: HeaderMap) -> Result<(), StatusCode> {
//!     let found = headers.contains_key("x-admin");
//!     found.then_some(()).ok_or(StatusCode::FORBIDDEN)
//! }
//!
//! impl Describe for admin {
//!     fn describe(description: &mut Description) {
//!         description.response("403", "this is for administrators");
//!     }
//! }
//!
//! #[utoipa::path(get, path = "/usage", responses((status = 200)))]
//! #[handler]
//! async fn usage() -> &'static str {
//!     "much is read"
//! }
//!
//! let descriptions = Descriptions::new().with::<admin>();
//! let router = OpenApiRouter::<()>::new()
//!     .routes(routes!(descriptions.behind::<admin>(); usage))
//!     .layer(require::<admin>());
//!
//! let document = serde_json::to_value(router.get_openapi()).unwrap();
//! let responses = &document["paths"]["/usage"]["get"]["responses"];
//! assert_eq!(responses["403"]["description"], "this is for administrators");
//! ```

mod description;
mod route;

pub use self::description::Description;
#[cfg(feature = "macros")]
pub use hueless_macros::routes;

#[doc(hidden)]
pub use self::route::__Routes;

use std::collections::BTreeMap;

use ::utoipa::Modify;
use ::utoipa::openapi::path::Operation;
use ::utoipa::openapi::security::SecurityScheme;
use ::utoipa::openapi::{Components, OpenApi};

use crate::depends::Provider;
use crate::handler::HandlerMeta;
use crate::meta::{Kind, LifetimeKind, Meta};

/// What a dependency adds to each operation whose handler needs it.
///
/// ```
/// use hueless::dependency;
/// use hueless::openapi::{Describe, Description};
/// use utoipa::openapi::security::{ApiKey, ApiKeyValue, SecurityScheme};
///
/// #[dependency(guard)]
/// async fn key() -> Result<(), String> {
///     Ok(())
/// }
///
/// impl Describe for key {
///     fn describe(description: &mut Description) {
///         let key = ApiKey::Header(ApiKeyValue::new("x-api-key"));
///         description.security("key", SecurityScheme::ApiKey(key));
///     }
/// }
/// ```
///
/// Of a generic dependency each instantiation is one of its own; one implementation serves all.
pub trait Describe: Provider {
    /// Adds it.
    fn describe(description: &mut Description);
}

/// [`Describe::describe`] of a dependency.
type Say = fn(&mut Description);

/// The dependencies that are described.
///
/// As a [`Modify`] it adds the security schemes to a document.
///
/// ```
/// use hueless::openapi::{Describe, Description, Descriptions};
/// use hueless::{Depends, dependency, handler};
/// use utoipa::openapi::path::Operation;
///
/// #[dependency(guard)]
/// async fn sober() -> Result<(), String> {
///     Ok(())
/// }
///
/// impl Describe for sober {
///     fn describe(description: &mut Description) {
///         description.response("418", "this is a teapot");
///     }
/// }
///
/// #[dependency]
/// async fn coffee(_sober: Depends<sober>) -> &'static str {
///     "coffee"
/// }
///
/// #[handler]
/// async fn brew(coffee: Depends<coffee>) -> &'static str {
///     *coffee
/// }
///
/// let descriptions = Descriptions::new().with::<sober>();
/// let mut operation = Operation::default();
/// descriptions.describe::<brew>(&mut operation);
/// assert!(operation.responses.responses.contains_key("418"));
/// ```
#[derive(Debug, Clone, Default)]
pub struct Descriptions {
    /// Each once, in the order in which they were added.
    known: Vec<(&'static Meta, Say)>,
    /// What layers around the handlers require.
    required: Vec<&'static Meta>,
}

impl Descriptions {
    /// No dependency is described yet.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// Adds what the dependency `D` says of itself.
    #[must_use]
    pub fn with<D: Describe>(mut self) -> Self {
        if self.of(D::META).is_none() {
            self.known.push((D::META, D::describe));
        }
        self
    }

    /// The same for handlers behind a layer that requires the dependency `D`, as
    /// [`axum::require`](crate::axum::require()) does: each of their operations has what `D`, and all
    /// that `D` needs, says of itself.
    ///
    /// ```
    /// use hueless::openapi::{Describe, Description, Descriptions};
    /// use hueless::{dependency, handler};
    /// use utoipa::openapi::path::Operation;
    ///
    /// #[dependency(guard)]
    /// async fn admin() -> Result<(), String> {
    ///     Ok(())
    /// }
    ///
    /// impl Describe for admin {
    ///     fn describe(description: &mut Description) {
    ///         description.response("403", "this is for administrators");
    ///     }
    /// }
    ///
    /// #[handler]
    /// async fn usage() -> &'static str {
    ///     "much is read"
    /// }
    ///
    /// let descriptions = Descriptions::new().with::<admin>();
    /// let mut operation = Operation::default();
    /// descriptions.behind::<admin>().describe::<usage>(&mut operation);
    /// assert!(operation.responses.responses.contains_key("403"));
    /// ```
    #[must_use]
    pub fn behind<D: Provider>(&self) -> Self {
        let mut behind = self.clone();
        behind.required.push(D::META);
        behind
    }

    /// Adds to an operation what the dependencies of the handler `H` say of themselves.
    ///
    /// A guard that is not described is named in the log: callers would not learn of it. One of which
    /// they need not know has a description that adds nothing.
    pub fn describe<H: HandlerMeta>(&self, operation: &mut Operation) {
        let mut description = Description::default();
        for needed in needed(&self.required, H::META) {
            match self.of(needed) {
                Some(describe) => describe(&mut description),
                None if needed.kind == Kind::Guard => {
                    tracing::warn!(
                        node = needed.name,
                        place = %needed.place,
                        handler = H::META.name,
                        "a guard is not in the OpenAPI document: implement `Describe` for it, and add \
                         it to the `Descriptions`"
                    );
                }
                None => {}
            }
        }
        description.add_to(operation);
    }

    /// What a dependency says of itself.
    fn of(&self, dependency: &Meta) -> Option<Say> {
        let mut known = self.known.iter();
        let known = known.find(|(known, _)| (known.id)() == (dependency.id)());
        known.map(|(_, describe)| *describe)
    }

    /// The security schemes by name, each with the dependency that says so. The first one counts.
    fn schemes(&self) -> BTreeMap<String, (&'static Meta, SecurityScheme)> {
        let mut schemes = BTreeMap::new();
        for (dependency, describe) in &self.known {
            let mut description = Description::default();
            describe(&mut description);
            for (name, scheme) in description.into_schemes() {
                let known = schemes.entry(name.clone());
                let (first, kept) = known.or_insert_with(|| (*dependency, scheme.clone()));
                if *kept != scheme {
                    tracing::warn!(
                        node = dependency.name,
                        place = %dependency.place,
                        scheme = name,
                        kept_of = first.name,
                        "two security schemes have one name, and only the first is in the OpenAPI \
                         document: give one of them another name"
                    );
                }
            }
        }
        schemes
    }
}

impl Modify for Descriptions {
    fn modify(&self, document: &mut OpenApi) {
        let components = document.components.get_or_insert_with(Components::new);
        for (name, (_, scheme)) in self.schemes() {
            let schemes = &mut components.security_schemes;
            schemes.entry(name).or_insert_with(|| scheme.into());
        }
    }
}

/// What is required of a request and the dependencies that a handler needs in it, each once, in the
/// order of a depth-first walk. What a singleton is made from is none of them.
fn needed(required: &[&'static Meta], handler: &'static Meta) -> Vec<&'static Meta> {
    fn add(dependency: &'static Meta, seen: &mut Vec<&'static Meta>) {
        if seen.iter().any(|seen| (seen.id)() == (dependency.id)()) {
            return;
        }
        seen.push(dependency);
        if dependency.lifetime != LifetimeKind::Singleton {
            add_needed(dependency, seen);
        }
    }
    fn add_needed(user: &'static Meta, seen: &mut Vec<&'static Meta>) {
        for needed in user.requires.iter().chain(user.deps) {
            add(needed(), seen);
        }
    }
    let mut seen = Vec::new();
    for dependency in required {
        add(dependency, &mut seen);
    }
    add_needed(handler, &mut seen);
    seen
}

#[cfg(all(test, feature = "macros"))]
mod tests;
