//! Requests, and what they may cost.

use std::fmt;

use futures_util::FutureExt;
use futures_util::future::LocalBoxFuture;
use hueless::explain::{Explanation, Sampler};
use hueless::{App, BoxError, Call, Depends, Invocation, Reply, dependency, handler};
use hueless_benches::seven::{all_async, all_blocking, mixed};
use hueless_benches::shapes::{Colour, Form, Shape, app, run};

/// A request, and what it may cost.
pub(crate) struct Subject {
    pub(crate) name: &'static str,
    pub(crate) allocations: Allowed,
    /// At most; with some air, for compilers differ.
    pub(crate) instructions: u64,
    /// Makes so many of them.
    pub(crate) requests: Box<dyn Fn(u32) -> LocalBoxFuture<'static, ()>>,
}

/// How many allocations are allowed.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Allowed {
    /// It is the same each time.
    Exactly(u64),
    /// On threads things may go one way or the other.
    AtMost(u64),
}

impl Allowed {
    pub(crate) fn allows(self, count: u64) -> bool {
        match self {
            Self::Exactly(allowed) => count == allowed,
            Self::AtMost(allowed) => count <= allowed,
        }
    }
}

impl fmt::Display for Allowed {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Exactly(allowed) => write!(formatter, "{allowed}"),
            Self::AtMost(allowed) => write!(formatter, "≤ {allowed}"),
        }
    }
}

/// All of them.
pub(crate) fn subjects() -> Vec<Subject> {
    use Allowed::{AtMost, Exactly};
    vec![
        of_handler("async handler", Exactly(1), 2_200, alone::handler),
        of_handler("inline handler", Exactly(1), 2_200, inline::handler),
        of_handler(
            "singleton that is made",
            Exactly(1),
            2_700,
            with_singleton::handler,
        ),
        of_handler(
            "seven nodes, all async",
            Exactly(1),
            6_200,
            all_async::read::handler,
        ),
        // With no sampler at all, as above, explanations cost nothing.
        of_handler_in(
            sampled_by(Wants(false)),
            "seven nodes, none explained",
            Exactly(1),
            6_500,
            all_async::read::handler,
        ),
        of_handler_in(
            sampled_by(Wants(true)),
            "seven nodes, each explained",
            AtMost(30),
            40_000,
            all_async::read::handler,
        ),
        of_handler(
            "seven nodes, mixed",
            AtMost(11),
            31_000,
            mixed::read::handler,
        ),
        of_handler(
            "seven nodes, all blocking",
            AtMost(14),
            36_000,
            all_blocking::read::handler,
        ),
        of_shape("1 blocking node", AtMost(9), 14_000, Form::Chain, 1),
        of_shape(
            "8 blocking nodes in a chain",
            AtMost(10),
            22_000,
            Form::Chain,
            8,
        ),
        of_shape(
            "32 blocking nodes in a chain",
            AtMost(12),
            50_000,
            Form::Chain,
            32,
        ),
        of_shape(
            "2 independent blocking nodes",
            AtMost(12),
            24_000,
            Form::FanOut,
            2,
        ),
    ]
}

fn of_handler<H, F, T>(
    name: &'static str,
    allocations: Allowed,
    instructions: u64,
    handler: F,
) -> Subject
where
    H: 'static,
    F: Fn(Invocation<H, Call, ()>) -> T + Clone + 'static,
    T: Future<Output = Result<Reply<u64>, BoxError>> + 'static,
{
    of_handler_in(App::new(), name, allocations, instructions, handler)
}

fn of_handler_in<H, F, T>(
    app: App,
    name: &'static str,
    allocations: Allowed,
    instructions: u64,
    handler: F,
) -> Subject
where
    H: 'static,
    F: Fn(Invocation<H, Call, ()>) -> T + Clone + 'static,
    T: Future<Output = Result<Reply<u64>, BoxError>> + 'static,
{
    of(name, allocations, instructions, move || {
        let answer = app.run(handler.clone(), Call::new());
        answer.map(|answer| answer.is_ok())
    })
}

fn sampled_by(sampler: Wants) -> App {
    let app = App::builder().explain(sampler).build();
    app.unwrap_or_else(|error| panic!("nothing is replaced: {error}"))
}

/// A sampler that wants all requests or none.
struct Wants(bool);

impl Sampler for Wants {
    fn wants(&self, _handler: &'static str) -> bool {
        self.0
    }

    fn take(&self, _explanation: Explanation) {}
}

fn of_shape(
    name: &'static str,
    allocations: Allowed,
    instructions: u64,
    form: Form,
    nodes: usize,
) -> Subject {
    let shape = Shape::new(form, nodes, Colour::Blocking);
    let (app, taken, expected) = (app(App::builder(), &shape), shape.taken(), shape.answer());
    of(name, allocations, instructions, move || {
        run(app.clone(), taken).map(move |answer| answer == expected)
    })
}

fn of<F, T>(name: &'static str, allocations: Allowed, instructions: u64, request: F) -> Subject
where
    F: Fn() -> T + Clone + 'static,
    T: Future<Output = bool> + 'static,
{
    let requests = move |times| -> LocalBoxFuture<'static, ()> {
        let request = request.clone();
        Box::pin(async move {
            for _ in 0..times {
                assert!(request().await, "{name} is answered");
            }
        })
    };
    Subject {
        name,
        allocations,
        instructions,
        requests: Box::new(requests),
    }
}

#[handler]
async fn alone() -> u64 {
    1
}

#[handler(inline)]
fn inline() -> u64 {
    1
}

#[dependency(singleton)]
async fn pool() -> u64 {
    1
}

#[handler]
async fn with_singleton(pool: Depends<pool>) -> u64 {
    *pool
}
