//! What stands for a dependency, and where: values and other dependencies.

mod decorators;
mod errors;
mod functions;
mod pictures;
mod serves;
mod singletons;
mod values;

use hueless::axum::Http;
use hueless::{App, AppBuilder, Call, Context, Failure, Invocation, Reply};

/// The context of handlers under a router without state, for tests with two contexts.
type Web = Http<()>;

/// A request as [`Web`] has it.
fn web() -> Web {
    Http::new(axum::extract::Request::default(), ())
}

/// Why a builder builds no app.
fn refused<C>(builder: AppBuilder<C>) -> String {
    builder.build().expect_err("the app is refused").to_string()
}

/// Why the plan of a handler could not be built, when a call asked for it.
async fn plan_refused<H, M, R, T>(
    app: &App,
    handler: impl FnOnce(Invocation<H, Call, M>) -> T,
) -> String
where
    T: Future<Output = Result<Reply<R>, <Call as Context>::Rejection>>,
{
    let rejection = app.run(handler, Call::new()).await.err();
    let rejection = rejection.expect("the call is rejected");
    let failure = rejection.downcast_ref::<Failure>();
    assert!(failure.is_some_and(Failure::is_plan), "{rejection}");
    let cause = std::error::Error::source(&*rejection);
    cause.expect("a plan error").to_string()
}
