//! Blocking code that waits for blocking code.

use std::time::Duration;

use hueless::{
    App, AppBuilder, Call, Depends, Input, Outcome, block_on, dependency, handler, offload,
};

use super::{is_idle, together, until};
use crate::support::{Log, in_each_app_with, is_over};

/// One seat, one thread, and never one more.
fn nothing_to_spare(builder: AppBuilder) -> AppBuilder {
    let builder = builder.blocking_limit(1).seats(1);
    builder.stall(Duration::MAX)
}

#[dependency]
fn depth(Input(depth): Input<u32>) -> u32 {
    depth
}

#[dependency(teardown = leave)]
fn level(depth: Depends<depth>) -> u32 {
    *depth
}

fn leave(level: Depends<level>, _: Outcome) {
    // Ending may wait for blocking code as well.
    block_on(offload(|| ())).expect("no panic");
    LOG.add(format!("left-{}", *level));
}

static LOG: Log = Log::new();

/// Counts the levels below, each of which blocks for the next one.
#[handler]
fn descend(level: Depends<level>, Input(app): Input<App>) -> u32 {
    if *level == 0 {
        return block_on(offload(|| 1)).expect("no panic");
    }
    let call = Call::new().with(*level - 1).with(app.clone());
    let below = block_on(app.run(descend::handler, call));
    below.expect("no failure") + 1
}

/// A permit for each blocking call: as many outer ones as there are threads, and no inner one begins.
#[test]
fn blocking_code_waits_for_blocking_code_three_deep_on_one_thread() {
    in_each_app_with(nothing_to_spare, |app| async move {
        let call = || Call::new().with(3_u32).with(app.clone());
        let requests = (0..4).map(|_| app.run(descend::handler, call()));
        for result in together(requests).await {
            assert_eq!(result.expect("no failure"), 4);
        }
        let stats = until(&app, is_idle).await;
        assert_eq!((stats.threads, stats.stalls), (1, 0), "{stats:?}");
        is_over(&app).await;
        let each = "left-0 left-1 left-2 left-3";
        assert_eq!(LOG.take(), [each; 4].join(" "));
    });
}

/// The same with closures, and with both at once under one wait.
#[test]
fn what_is_waited_for_together_runs_on_the_one_thread_too() {
    #[handler]
    fn shallow() -> u32 {
        1
    }
    #[handler]
    fn wide(Input(app): Input<App>) -> u32 {
        let nested = app.clone();
        block_on(async {
            let (run, closure, nested) = tokio::join!(
                app.run(shallow::handler, Call::new()),
                offload(|| 10),
                offload(move || block_on(nested.run(shallow::handler, Call::new())))
            );
            let nested = nested.expect("no panic").expect("no failure");
            run.expect("no failure") + closure.expect("no panic") + nested * 100
        })
    }

    in_each_app_with(nothing_to_spare, |app| async move {
        let call = || Call::new().with(app.clone());
        let requests = (0..4).map(|_| app.run(wide::handler, call()));
        for result in together(requests).await {
            assert_eq!(result.expect("no failure"), 111);
        }
        let stats = until(&app, is_idle).await;
        assert_eq!((stats.threads, stats.stalls), (1, 0), "{stats:?}");
    });
}
