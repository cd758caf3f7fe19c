//! How axum makes an [`Invocation`], and answers with a [`Reply`].

use std::convert::Infallible;

use axum_core::extract::{FromRequest, Request};
use axum_core::response::{IntoResponse, Response};

use super::{Http, body};
use crate::app::App;
use crate::invocation::{Invocation, Reply};

/// No bound on the handler `H`: axum would report only that, and hide the cause of every mistake.
/// The bound stands on the wrapper.
impl<H, S, M> FromRequest<S> for Invocation<H, Http<S>, M>
where
    S: Clone + Send + Sync + 'static,
{
    type Rejection = Infallible;

    async fn from_request(request: Request, state: &S) -> Result<Self, Infallible> {
        let app = app_of(&request);
        Ok(Self::new(app, Http::new(request, state.clone())))
    }
}

/// The app that serves a request: the one a layer has installed, or that of the runtime.
pub(super) fn app_of(request: &Request) -> App {
    let installed = request.extensions().get::<App>();
    installed.cloned().unwrap_or_else(App::current)
}

impl<R: IntoResponse> IntoResponse for Reply<R> {
    fn into_response(self) -> Response {
        let (value, after_response) = self.into_parts();
        body::attach(value.into_response(), after_response)
    }
}
