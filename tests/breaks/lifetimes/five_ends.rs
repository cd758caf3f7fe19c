//! The five ends of a request, as a dependency hears of them that commits before the response and
//! gives its connection back after it.

use std::time::Duration;

use axum::Router;
use axum::routing::get;
use futures_util::FutureExt;
use futures_util::future::BoxFuture;
use hueless::{App, Cancellation, Depends, Outcome, dependency, handler};
use tokio::time::advance;

use super::give_up;
use crate::client::{send, serve};
use crate::support::{
    Log, SaysWhenDropped, Signal, both_kinds, call_in, in_each_app, is_over, on_a_paused_clock,
};

/// How long the handlers may take that never return.
const TIMEOUT: Duration = Duration::from_secs(60);

/// Brings a request to its end.
type End = fn(&App) -> BoxFuture<'_, ()>;

/// What an async handler can do when nobody waits for it any more: be dropped.
async fn wait_async(log: &'static Log, _: &Cancellation) {
    let _frame = SaysWhenDropped(log, "dropped");
    std::future::pending::<()>().await;
}

/// What a plain one can: be told.
fn wait(log: &'static Log, cancellation: &Cancellation) {
    hueless::block_on(cancellation.cancelled());
    log.add("told");
}

/// The dependency and its handlers in one colour.
macro_rules! in_colour {
    ($colour:ident: [$($function:tt)+] $wait:ident [$($await:tt)*]) => {
        mod $colour {
            use super::*;

            pub(super) static LOG: Log = Log::new();
            pub(super) static WAITS: Signal = Signal::new();

            #[dependency(teardown = end, after_response = release)]
            pub(super) $($function)+ transaction() -> Result<(), String> {
                LOG.add("begin");
                Ok(())
            }

            $($function)+ end(_: Depends<transaction>, outcome: Outcome) -> Result<(), String> {
                LOG.add(if outcome.is_completed() { "commit" } else { "rollback" });
                Ok(())
            }

            $($function)+ release(_: Depends<transaction>, outcome: Outcome) {
                LOG.add(format!("release-{outcome}"));
            }

            #[handler]
            $($function)+ succeeds(_: Depends<transaction>) -> Result<u8, String> {
                LOG.add("handler");
                Ok(1)
            }

            #[handler]
            $($function)+ fails(_: Depends<transaction>) -> Result<u8, String> {
                LOG.add("handler");
                Err("no".to_owned())
            }

            #[handler]
            $($function)+ panics(_: Depends<transaction>) -> u8 {
                LOG.add("handler");
                panic!("no")
            }

            #[handler(timeout = "60s")]
            pub(super) $($function)+ waits(
                _: Depends<transaction>,
                cancellation: Depends<Cancellation>,
            ) {
                LOG.add("handler");
                WAITS.give();
                $wait(&LOG, &cancellation)$($await)*
            }

            pub(super) fn success(app: &App) -> BoxFuture<'_, ()> {
                async move { assert_eq!(call_in(app, succeeds::handler).await, Ok(Ok(1))) }.boxed()
            }

            pub(super) fn err(app: &App) -> BoxFuture<'_, ()> {
                let no = Ok(Err("no".to_owned()));
                async move { assert_eq!(call_in(app, fails::handler).await, no) }.boxed()
            }

            pub(super) fn panic(app: &App) -> BoxFuture<'_, ()> {
                let panicked = Err("`panics` panicked".to_owned());
                async move { assert_eq!(call_in(app, panics::handler).await, panicked) }.boxed()
            }

            pub(super) fn timeout(app: &App) -> BoxFuture<'_, ()> {
                let later = async {
                    WAITS.wait_for_ever().await;
                    advance(TIMEOUT).await;
                };
                let too_long = Err("`waits` took longer than 60s".to_owned());
                async move {
                    let (answer, ()) = tokio::join!(call_in(app, waits::handler), later);
                    assert_eq!(answer, too_long);
                }
                .boxed()
            }

            pub(super) fn hang_up(app: &App) -> BoxFuture<'_, ()> {
                give_up(app, waits::handler, &WAITS).boxed()
            }

            /// Only `timeout` needs a clock that it can put forward.
            pub(super) const ENDS: [(&str, End); 5] = [
                ("success", success),
                ("Err", err),
                ("panic", panic),
                ("hang-up", hang_up),
                ("timeout", timeout),
            ];
        }
    };
}

in_colour!(plain: [fn] wait []);
in_colour!(awaited: [async fn] wait_async [.await]);

/// What is written when a request has ended each way; `LEFT` stands for what the handler says that
/// nobody waits for.
const EXPECTED: [&str; 5] = [
    "begin handler commit release-completed",
    "begin handler rollback release-failed",
    "begin handler rollback release-panicked",
    "begin handler LEFT rollback release-cancelled",
    "begin handler LEFT rollback release-cancelled",
];

/// Starlette and FastAPI have moved the exit of a dependency from before the response to after it and
/// back: one of the two is always wrong, as a commit has to be able to fail the request and a
/// connection has to outlive a streamed body. And some ends reach neither.
#[test]
fn the_five_ends_of_a_commit_then_release_dependency() {
    on_a_paused_clock(|| async {
        println!("{:8} {:52} async", "end", "plain");
        for number in 0..5 {
            let [concurrent, sequential] = both_kinds(|builder| builder);
            let seen = ends_in(&concurrent, number).await;
            println!("{:8} {:52} {}", plain::ENDS[number].0, seen[0], seen[1]);
            assert_eq!(seen, expected(number));
            let seen = ends_in(&sequential, number).await;
            assert_eq!(seen, expected(number));
        }
    });
    for number in 0..4 {
        in_each_app(|app| async move {
            assert_eq!(ends_in(&app, number).await, expected(number));
        });
    }
    in_each_app(|app| async move {
        let router = Router::new()
            .route("/plain", get(plain::waits::handler))
            .route("/async", get(awaited::waits::handler))
            .layer(app.layer());
        let address = serve(router).await;
        for (path, waits) in [("/plain", &plain::WAITS), ("/async", &awaited::WAITS)] {
            waits.reset();
            let head = format!("GET {path} HTTP/1.1\r\nhost: localhost\r\n\r\n");
            let client = send(address, &head).await;
            waits.wait().await;
            drop(client);
        }
        is_over(&app).await;
        assert_eq!([plain::LOG.take(), awaited::LOG.take()], expected(3));
    });
}

/// What is written in both colours.
async fn ends_in(app: &App, number: usize) -> [String; 2] {
    plain::WAITS.reset();
    awaited::WAITS.reset();
    plain::ENDS[number].1(app).await;
    awaited::ENDS[number].1(app).await;
    is_over(app).await;
    [plain::LOG.take(), awaited::LOG.take()]
}

fn expected(number: usize) -> [String; 2] {
    ["told", "dropped"].map(|left| EXPECTED[number].replace("LEFT", left))
}
