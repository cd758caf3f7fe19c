//! [`Router`]: takes handlers under a verb, and runs them.

use std::collections::HashMap;
use std::fmt;
use std::pin::Pin;

use hueless::{App, Invocation, Reply};

use crate::answer::{Answer, IntoAnswer};
use crate::line::Line;
use crate::refusal::Refusal;

/// A handler whose types are forgotten.
type Endpoint = Box<dyn Fn(App, Line) -> EndpointFuture + Send + Sync>;
type EndpointFuture = Pin<Box<dyn Future<Output = Answer> + Send>>;

/// Which handler answers which verb.
pub struct Router {
    app: App,
    endpoints: HashMap<&'static str, Endpoint>,
}

impl Router {
    /// A router that knows no verb. Its handlers share what `app` holds.
    #[must_use]
    pub fn new(app: App) -> Self {
        Self {
            app,
            endpoints: HashMap::new(),
        }
    }

    /// Answers `verb` with a handler: `router.route("GET", get::handler)`.
    ///
    /// Nothing is asked of the handler itself. Whether this context can run it is a bound of
    /// `get::handler`, so rustc says what is missing and not only that the two do not fit.
    #[must_use]
    pub fn route<H, M, R, F, T>(mut self, verb: &'static str, handler: F) -> Self
    where
        F: Fn(Invocation<H, Line, M>) -> T + Send + Sync + 'static,
        T: Future<Output = Result<Reply<R>, Refusal>> + Send + 'static,
        R: IntoAnswer,
    {
        let endpoint = move |app, line| -> EndpointFuture {
            let reply = handler(Invocation::new(app, line));
            Box::pin(async move {
                match reply.await {
                    Ok(reply) => reply.into_inner().into_answer(),
                    Err(refusal) => refusal.into(),
                }
            })
        };
        self.endpoints.insert(verb, Box::new(endpoint));
        self
    }

    /// Answers a line, without the end of it.
    ///
    /// # Cancel safety
    ///
    /// When the future is dropped, so is the request, as [`App::run`] says.
    pub async fn answer(&self, line: &str) -> Answer {
        match Line::parse(line) {
            Ok(line) => self.answer_line(line).await,
            Err(refusal) => refusal.into(),
        }
    }

    pub(crate) async fn answer_line(&self, line: Line) -> Answer {
        match self.endpoints.get(line.verb()) {
            Some(endpoint) => endpoint(self.app.clone(), line).await,
            None => Refusal::new("unknown", format!("no such verb: {}", line.verb())).into(),
        }
    }
}

impl fmt::Debug for Router {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut verbs: Vec<_> = self.endpoints.keys().collect();
        verbs.sort_unstable();
        formatter
            .debug_struct("Router")
            .field("verbs", &verbs)
            .finish_non_exhaustive()
    }
}
