//! A function that does not end.

use std::time::{Duration, Instant};

use hueless::{AppBuilder, Call, Depends, Outcome, dependency, handler, offload};

use crate::heard;
use crate::support::{PATIENCE, Signal, in_each_app_with, is_over};

fn soon(builder: AppBuilder) -> AppBuilder {
    builder.stuck_after(Duration::from_millis(3))
}

/// What is said of a node until it has been named twice, and where that stands.
async fn named_twice(node: &'static str) -> (Vec<String>, String) {
    let begun = Instant::now();
    let mut said = Vec::new();
    let mut place = None;
    while said.len() < 2 {
        assert!(begun.elapsed() < PATIENCE, "{node}: {said:?}");
        tokio::time::sleep(Duration::from_millis(1)).await;
        place = heard::place_of(node).or(place);
        said.extend(heard::about(node));
    }
    (said, place.expect("it says where"))
}

fn check((said, place): (Vec<String>, String)) {
    for said in said {
        assert!(
            said.starts_with("WARN a blocking function does not end"),
            "{said}"
        );
        assert!(said.contains(" age="), "{said}");
    }
    assert!(place.contains("lane/stuck.rs:"), "{place}");
}

/// A thread that is gone for good, and nobody says which function has it.
#[test]
fn what_does_not_end_is_named_with_its_place_and_age_again_and_again() {
    static FREE: Signal = Signal::new();

    #[dependency(teardown = stuck_end)]
    fn stuck_dependency() -> u8 {
        FREE.wait_blocking();
        1
    }
    fn stuck_end(_: Depends<stuck_dependency>, _: Outcome) {}
    #[handler]
    fn stuck_handler() {
        FREE.wait_blocking();
    }
    #[handler]
    async fn waits(_dependency: Depends<stuck_dependency>) {}

    heard::listen();
    in_each_app_with(soon, |app| async move {
        FREE.reset();
        let dependency = tokio::spawn(app.run(waits::handler, Call::new()));
        let handler = tokio::spawn(app.run(stuck_handler::handler, Call::new()));
        check(named_twice("stuck_dependency").await);
        check(named_twice("stuck_handler").await);
        // Also when nobody waits for it any more.
        handler.abort();
        drop(handler.await);
        check(named_twice("stuck_handler").await);
        FREE.give();
        dependency.await.expect("no panic").expect("no failure");
        is_over(&app).await;
        drop((
            heard::about("stuck_dependency"),
            heard::about("stuck_handler"),
        ));
    });
}

#[test]
fn a_closure_that_does_not_end_is_named_by_the_line_that_sent_it() {
    static FREE: Signal = Signal::new();
    const LINE: u32 = line!() + 4;

    #[handler]
    async fn sends() {
        let sent = offload(|| FREE.wait_blocking());
        sent.await.expect("no panic");
    }

    heard::listen();
    in_each_app_with(soon, |app| async move {
        FREE.reset();
        let request = tokio::spawn(app.run(sends::handler, Call::new()));
        let (said, place) = named_twice("offload").await;
        assert!(place.contains(&format!("lane/stuck.rs:{LINE}")), "{place}");
        check((said, place));
        FREE.give();
        request.await.expect("no panic").expect("no failure");
        is_over(&app).await;
        drop(heard::about("offload"));
    });
}
