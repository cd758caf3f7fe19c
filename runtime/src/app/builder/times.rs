//! How long things may take, and after how long they are tried again.

use std::time::Duration;

use super::AppBuilder;
use crate::timer::UNLIMITED;

impl<C> AppBuilder<C> {
    /// For how long a singleton that could not be made is not tried again: whoever needs it in that
    /// time gets the same failure at once. 1 second unless set.
    ///
    /// ```
    /// use std::sync::atomic::{AtomicU32, Ordering};
    /// use std::time::Duration;
    /// use hueless::{App, Call, Depends, dependency, handler};
    ///
    /// static TRIES: AtomicU32 = AtomicU32::new(0);
    ///
    /// #[dependency(singleton)]
    /// fn pool() -> Result<u32, &'static str> {
    ///     match TRIES.fetch_add(1, Ordering::Relaxed) {
    ///         0 => Err("no database yet"),
    ///         tries => Ok(tries),
    ///     }
    /// }
    ///
    /// #[handler]
    /// async fn read(pool: Depends<pool>) -> u32 {
    ///     *pool
    /// }
    ///
    /// # tokio::runtime::Builder::new_multi_thread().enable_all().build().unwrap().block_on(async {
    /// let app = App::builder().retry_after(Duration::ZERO).build().unwrap();
    /// assert!(app.run(read::handler, Call::new()).await.is_err());
    /// assert_eq!(app.run(read::handler, Call::new()).await.unwrap(), 1);
    /// # });
    /// ```
    pub fn retry_after(mut self, retry_after: Duration) -> Self {
        self.settings.retry_after = retry_after;
        self
    }

    /// How long a `teardown` or an `after_response` may take. One that takes longer has failed, and
    /// the next one runs: an async one is dropped, a plain one is left behind on its thread. 30
    /// seconds unless set; `None` for as long as it takes. On a runtime without timers there is no
    /// limit, and the log says so.
    ///
    /// ```
    /// use std::time::Duration;
    /// use hueless::{App, Call, Depends, Failure, Outcome, dependency, handler};
    ///
    /// #[dependency(teardown = close)]
    /// async fn session() -> Result<u64, Failure> {
    ///     Ok(7)
    /// }
    ///
    /// async fn close(_session: Depends<session>, _outcome: Outcome) -> Result<(), Failure> {
    ///     // The other side does not answer.
    ///     std::future::pending().await
    /// }
    ///
    /// #[handler]
    /// async fn read(session: Depends<session>) -> u64 {
    ///     *session
    /// }
    ///
    /// # tokio::runtime::Builder::new_multi_thread().enable_all().build().unwrap().block_on(async {
    /// let app = App::builder().teardown_timeout(Duration::from_millis(1)).build().unwrap();
    /// let error = app.run(read::handler, Call::new()).await.unwrap_err();
    /// assert!(error.downcast_ref::<Failure>().unwrap().is_timeout());
    /// # });
    /// # App::builder().teardown_timeout(None).build().unwrap();
    /// ```
    pub fn teardown_timeout(mut self, teardown_timeout: impl Into<Option<Duration>>) -> Self {
        self.settings.teardown_timeout = teardown_timeout.into().unwrap_or(UNLIMITED);
        self
    }

    /// How long the client may take to send a body that a handler reads whole, counted from when it
    /// is first read. A request that takes longer is rejected: to HTTP a 408. 30 seconds unless set;
    /// `None` for as long as it takes. On a runtime without timers there is no limit, and the log says
    /// so.
    ///
    /// ```
    /// # #[cfg(feature = "axum")]
    /// # tokio::runtime::Builder::new_multi_thread().enable_all().build().unwrap().block_on(async {
    /// use std::convert::Infallible;
    /// use std::time::Duration;
    /// use axum::body::Body;
    /// use axum::http::Request;
    /// use hueless::axum::Http;
    /// use hueless::{App, handler};
    ///
    /// #[handler]
    /// async fn upload(body: String) -> usize {
    ///     body.len()
    /// }
    ///
    /// // A client that promises a body and sends none.
    /// let body = Body::from_stream(futures_util::stream::pending::<Result<String, Infallible>>());
    /// let request = Http::new(Request::post("/").body(body).unwrap(), ());
    /// let app = App::builder().body_timeout(Duration::from_millis(1)).build().unwrap();
    /// let rejection = app.run(upload::handler, request).await.unwrap_err();
    /// assert_eq!(rejection.status(), 408);
    /// # });
    /// # hueless::App::builder().body_timeout(None).build().unwrap();
    /// ```
    pub fn body_timeout(mut self, body_timeout: impl Into<Option<Duration>>) -> Self {
        self.settings.body_timeout = body_timeout.into();
        self
    }
}
