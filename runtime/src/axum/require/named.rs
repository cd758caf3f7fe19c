//! [`AppBuilder::requires`]: an app is told of its layers, as it is of its handlers.

use super::passage::plan;
use crate::app::AppBuilder;
use crate::axum::Http;
use crate::depends::Provider;
use crate::plan::Dependency;

impl<S: Send + Sync + 'static> AppBuilder<Http<S>> {
    /// Has the app know what a [`require`](crate::axum::require) layer resolves, as
    /// [`serves`](Self::serves) does for a handler: [`build`](Self::build) finds what is wrong with its
    /// graph, and [`App::start`](crate::App::start) makes the singletons that it needs.
    ///
    /// It is said of the context that the layer resolves in: `Http<()>` for
    /// [`require`](crate::axum::require), `Http<S>` for
    /// [`require_with_state`](crate::axum::require_with_state) with a state `S`.
    ///
    /// ```
    /// use axum::http::StatusCode;
    /// use hueless::axum::Http;
    /// use hueless::{App, Depends, dependency};
    ///
    /// #[dependency(singleton)]
    /// fn keys() -> Vec<String> {
    ///     vec!["secret".to_owned()]
    /// }
    ///
    /// #[dependency(guard)]
    /// async fn user(keys: Depends<keys>) -> Result<(), StatusCode> {
    ///     if keys.is_empty() { Err(StatusCode::UNAUTHORIZED) } else { Ok(()) }
    /// }
    ///
    /// # tokio::runtime::Builder::new_multi_thread().enable_all().build().unwrap().block_on(async {
    /// let app = App::builder().on::<Http<()>>().requires::<user>().build().unwrap();
    /// // Makes `keys`, before the first request.
    /// app.start().await.unwrap();
    /// # });
    /// ```
    pub fn requires<D>(mut self) -> Self
    where
        D: Provider + Dependency<Http<S>>,
    {
        self.checks.push(|check| check.plan(plan::<D, S>));
        self
    }
}
