//! [`Description`]: what dependencies say of themselves, before it is part of a document.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;

use ::utoipa::openapi::RefOr;
use ::utoipa::openapi::path::{Operation, Parameter, ParameterIn};
use ::utoipa::openapi::response::{Response, ResponseBuilder};
use ::utoipa::openapi::security::{SecurityRequirement, SecurityScheme};
use ::utoipa::{IntoParams, IntoResponses};

/// What the dependencies of a handler say of themselves; [`Describe`](super::Describe) adds to it.
///
/// ```
/// use hueless::dependency;
/// use hueless::openapi::{Describe, Description};
/// use utoipa::openapi::path::ParameterIn;
///
/// #[derive(utoipa::IntoParams)]
/// struct Language {
///     /// The one to answer in.
///     lang: String,
/// }
///
/// #[dependency]
/// async fn language() -> String {
///     "en".to_owned()
/// }
///
/// impl Describe for language {
///     fn describe(description: &mut Description) {
///         description
///             .parameters::<Language>(ParameterIn::Query)
///             .response("406", "there is no answer in that language");
///     }
/// }
/// ```
#[derive(Default)]
pub struct Description {
    parameters: Vec<Parameter>,
    responses: BTreeMap<String, RefOr<Response>>,
    /// By scheme: the scopes that are asked for.
    security: BTreeMap<String, BTreeSet<String>>,
    schemes: Vec<(String, SecurityScheme)>,
}

impl Description {
    /// It reads the parameters `P`, which are at `place` if `P` does not say itself where.
    pub fn parameters<P: IntoParams>(&mut self, place: ParameterIn) -> &mut Self {
        self.parameters
            .extend(P::into_params(move || Some(place.clone())));
        self
    }

    /// It may answer with this status, such as `"404"`, for that reason. Of one status the first reason
    /// counts.
    pub fn response(&mut self, status: &str, reason: &str) -> &mut Self {
        let response = ResponseBuilder::new().description(reason).build();
        let responses = &mut self.responses;
        responses
            .entry(status.to_owned())
            .or_insert_with(|| response.into());
        self
    }

    /// It may answer with any of `R`, but for those with a status that is there already.
    ///
    /// ```
    /// use hueless::openapi::{Describe, Description, Descriptions};
    /// use hueless::{Depends, dependency, handler};
    /// use utoipa::openapi::path::Operation;
    ///
    /// #[derive(utoipa::IntoResponses)]
    /// enum Refusal {
    ///     /// There is no token.
    ///     #[response(status = 401)]
    ///     NoToken,
    ///     /// The token is not for this.
    ///     #[response(status = 403)]
    ///     WrongToken,
    /// }
    ///
    /// #[dependency(guard)]
    /// async fn token() -> Result<(), String> {
    ///     Ok(())
    /// }
    ///
    /// impl Describe for token {
    ///     fn describe(description: &mut Description) {
    ///         description.responses::<Refusal>();
    ///     }
    /// }
    ///
    /// #[handler]
    /// async fn read(_token: Depends<token>) {}
    ///
    /// let mut operation = Operation::default();
    /// Descriptions::new().with::<token>().describe::<read>(&mut operation);
    /// assert!(operation.responses.responses.keys().eq(["401", "403"]));
    /// ```
    pub fn responses<R: IntoResponses>(&mut self) -> &mut Self {
        for (status, response) in R::responses() {
            self.responses.entry(status).or_insert(response);
        }
        self
    }

    /// It lets pass who satisfies the security scheme of that name.
    ///
    /// Where a handler has several such guards, callers have to satisfy all of them.
    ///
    /// ```
    /// use hueless::dependency;
    /// use hueless::openapi::{Describe, Description, Descriptions};
    /// use utoipa::Modify;
    /// use utoipa::openapi::OpenApi;
    /// use utoipa::openapi::security::{ApiKey, ApiKeyValue, SecurityScheme};
    ///
    /// #[dependency(guard)]
    /// async fn session() -> Result<u64, String> {
    ///     Ok(7)
    /// }
    ///
    /// impl Describe for session {
    ///     fn describe(description: &mut Description) {
    ///         let cookie = ApiKey::Cookie(ApiKeyValue::new("session"));
    ///         description.security("session", SecurityScheme::ApiKey(cookie));
    ///     }
    /// }
    ///
    /// let mut document = OpenApi::default();
    /// Descriptions::new().with::<session>().modify(&mut document);
    /// assert!(document.components.unwrap().security_schemes.contains_key("session"));
    /// ```
    pub fn security(&mut self, name: &str, scheme: SecurityScheme) -> &mut Self {
        self.scopes(name, scheme, [])
    }

    /// It lets pass who satisfies the security scheme of that name and has all these scopes.
    ///
    /// ```
    /// use hueless::openapi::{Describe, Description};
    /// use hueless::dependency;
    /// use utoipa::openapi::security::{Http, HttpAuthScheme, SecurityScheme};
    ///
    /// #[dependency(guard)]
    /// async fn administrator() -> Result<(), String> {
    ///     Ok(())
    /// }
    ///
    /// impl Describe for administrator {
    ///     fn describe(description: &mut Description) {
    ///         let bearer = SecurityScheme::Http(Http::new(HttpAuthScheme::Bearer));
    ///         description.scopes("token", bearer, ["admin"]);
    ///     }
    /// }
    /// ```
    pub fn scopes<'a>(
        &mut self,
        name: &str,
        scheme: SecurityScheme,
        scopes: impl IntoIterator<Item = &'a str>,
    ) -> &mut Self {
        let asked_for = self.security.entry(name.to_owned()).or_default();
        asked_for.extend(scopes.into_iter().map(str::to_owned));
        self.schemes.push((name.to_owned(), scheme));
        self
    }

    /// Adds what is not said of the operation yet.
    pub(super) fn add_to(self, operation: &mut Operation) {
        let parameters = operation.parameters.get_or_insert_default();
        for parameter in self.parameters {
            let is_it = |known: &RefOr<Parameter>| match known {
                RefOr::T(known) => {
                    known.name == parameter.name && known.parameter_in == parameter.parameter_in
                }
                RefOr::Ref(_) => false,
            };
            if !parameters.iter().any(is_it) {
                parameters.push(parameter.into());
            }
        }
        if parameters.is_empty() {
            operation.parameters = None;
        }
        for (status, response) in self.responses {
            let responses = &mut operation.responses.responses;
            responses.entry(status).or_insert(response);
        }
        for (name, scopes) in self.security {
            // Each of these is one way in, and every way leads past the guard.
            let ways = operation.security.get_or_insert_default();
            if ways.is_empty() {
                ways.push(SecurityRequirement::default());
            }
            for way in ways {
                *way = std::mem::take(way).add(&name, &scopes);
            }
        }
    }

    /// The security schemes, each with its name, in the order in which they were said.
    pub(super) fn into_schemes(self) -> Vec<(String, SecurityScheme)> {
        self.schemes
    }
}

impl fmt::Debug for Description {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let parameters = self.parameters.iter().map(|parameter| &parameter.name);
        formatter
            .debug_struct("Description")
            .field("parameters", &parameters.collect::<Vec<_>>())
            .field("responses", &self.responses.keys())
            .field("security", &self.security)
            .finish_non_exhaustive()
    }
}
