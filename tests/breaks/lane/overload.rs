//! More requests than the seats and their queue take.

use std::time::Duration;

use axum::Router;
use axum::http::header::RETRY_AFTER;
use axum::routing::get;
use hueless::{App, AppBuilder, Call, Depends, Failure, Input, Outcome, dependency, handler};

use super::{begin, is_idle, until};
use crate::client::{ask, get as request};
use crate::occupied::{Occupant, one_thread};
use crate::support::{Log, Signal, in_each_app_with, is_over};

#[derive(Clone, Copy)]
struct Diary(&'static Log);

/// The log of the test that asks.
type Asked = Input<Diary>;

#[dependency(teardown = end, after_response = end)]
async fn side_effect(Input(Diary(log)): Asked) -> Diary {
    log.add("side effect");
    Diary(log)
}

async fn end(side_effect: Depends<side_effect>, _: Outcome) {
    side_effect.0.add("teardown");
}

#[handler]
fn work(_side_effect: Depends<side_effect>, Input(Diary(log)): Asked, Input(name): Input<u8>) {
    log.add(name.to_string());
}

fn call(log: &'static Log, name: u8) -> Call {
    Call::new().with(Diary(log)).with(name)
}

fn is_overloaded(error: &hueless::BoxError) -> bool {
    let failure = error.downcast_ref::<Failure>();
    failure.is_some_and(Failure::is_overloaded)
}

/// Starlette's limiter queues without end; a permit that is taken inside of the graph turns a request
/// away after its side effects.
#[test]
fn who_finds_the_queue_full_is_turned_away_and_has_run_nothing() {
    static LOG: Log = Log::new();
    static OCCUPIED: Signal = Signal::new();
    static FREE: Signal = Signal::new();

    let settings = |builder: AppBuilder| one_thread(builder).seats(1).queue_limit(1);
    in_each_app_with(settings, |app| async move {
        let occupant = Occupant::of(&app, &OCCUPIED, &FREE).await;
        let waits = begin(app.run(work::handler, call(&LOG, 1))).await;
        until(&app, |stats| stats.waiting_for_seats == 1).await;
        for turned_away in 1..=3 {
            let error = app.run(work::handler, call(&LOG, 2)).await;
            assert!(is_overloaded(&error.expect_err("too many wait")));
            let stats = app.stats();
            assert_eq!((stats.overloads, stats.waiting_for_seats), (turned_away, 1));
        }
        assert_eq!(LOG.take(), "");
        FREE.give();
        occupant.leaves().await;
        waits.await.expect("no panic").expect("no failure");
        is_over(&app).await;
        assert_eq!(LOG.take(), "side effect 1 teardown teardown");
        until(&app, is_idle).await;
    });
}

#[test]
fn who_waits_for_too_long_is_turned_away_and_has_run_nothing() {
    static LOG: Log = Log::new();
    static OCCUPIED: Signal = Signal::new();
    static FREE: Signal = Signal::new();

    let settings = |builder: AppBuilder| {
        let builder = one_thread(builder).seats(1);
        builder.queue_timeout(Duration::from_millis(5))
    };
    in_each_app_with(settings, |app| async move {
        let occupant = Occupant::of(&app, &OCCUPIED, &FREE).await;
        let error = app.run(work::handler, call(&LOG, 1)).await;
        assert!(is_overloaded(&error.expect_err("it takes too long")));
        let stats = app.stats();
        assert_eq!((stats.overloads, stats.waiting_for_seats), (1, 0));
        FREE.give();
        occupant.leaves().await;
        is_over(&app).await;
        assert_eq!(LOG.take(), "");
    });
}

#[test]
fn http_hears_when_to_try_again() {
    static OCCUPIED: Signal = Signal::new();
    static FREE: Signal = Signal::new();

    #[handler]
    fn ping() -> &'static str {
        "pong"
    }
    #[handler]
    async fn needs_no_thread() -> &'static str {
        "here"
    }

    let settings = |builder: AppBuilder| one_thread(builder).seats(1).queue_limit(0);
    in_each_app_with(settings, |app: App| async move {
        let router = Router::new()
            .route("/ping", get(ping::handler))
            .route("/needs-no-thread", get(needs_no_thread::handler))
            .layer(app.layer());
        let occupant = Occupant::of(&app, &OCCUPIED, &FREE).await;
        let answer = ask(&router, request("/ping")).await;
        assert_eq!(answer.seen(), (503, ""));
        let retry_after = answer.headers.get(RETRY_AFTER).expect("it says when");
        let seconds = retry_after.to_str().expect("text").parse::<u32>();
        assert!(seconds.is_ok_and(|seconds| seconds > 0), "{retry_after:?}");
        let answer = ask(&router, request("/needs-no-thread")).await;
        assert_eq!(answer.seen(), (200, "here"));
        FREE.give();
        occupant.leaves().await;
        until(&app, is_idle).await;
        assert_eq!(ask(&router, request("/ping")).await.seen(), (200, "pong"));
    });
}

#[test]
fn seats_are_given_in_the_order_in_which_they_were_asked_for_and_who_goes_leaves_its_place() {
    static LOG: Log = Log::new();
    static OCCUPIED: Signal = Signal::new();
    static FREE: Signal = Signal::new();

    #[handler]
    fn name(Input(name): Input<u8>) {
        LOG.add(name.to_string());
    }

    let settings = |builder: AppBuilder| one_thread(builder).seats(1).queue_limit(5);
    in_each_app_with(settings, |app| async move {
        let occupant = Occupant::of(&app, &OCCUPIED, &FREE).await;
        let run = |number: u8| app.run(name::handler, Call::new().with(number));
        let mut waiting = Vec::new();
        for number in 1..=5 {
            waiting.push(begin(run(number)).await);
        }
        assert_eq!(app.stats().waiting_for_seats, 5);
        let error = run(6).await.expect_err("too many wait");
        assert!(is_overloaded(&error));

        let third = waiting.remove(2);
        third.abort();
        assert!(third.await.expect_err("it is given up").is_cancelled());
        assert_eq!(app.stats().waiting_for_seats, 4);
        waiting.push(begin(run(7)).await);
        assert_eq!(LOG.take(), "");
        FREE.give();
        occupant.leaves().await;
        for request in waiting {
            request.await.expect("no panic").expect("no failure");
        }
        assert_eq!(LOG.take(), "1 2 4 5 7");
        assert_eq!(until(&app, is_idle).await.overloads, 1);
    });
}
