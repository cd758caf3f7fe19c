//! What an app replaces is looked up when a plan is built; a request knows nothing of it.

use std::sync::atomic::{AtomicU32, Ordering};

use hueless::{App, AppBuilder, Call, Depends, dependency, handler};

use crate::allocations;
use crate::support::{call_in, on_each_runtime};

/// One of a thousand dependencies that no handler here needs.
#[dependency]
async fn unrelated<const HUNDREDS: u8, const TENS: u8, const ONES: u8>() -> u32 {
    0
}

macro_rules! each_digit {
    ($builder:ident, $with:ident$(, $higher:ident)*) => {{
        let builder = $with::<$($higher,)* 0>($builder);
        let builder = $with::<$($higher,)* 1>(builder);
        let builder = $with::<$($higher,)* 2>(builder);
        let builder = $with::<$($higher,)* 3>(builder);
        let builder = $with::<$($higher,)* 4>(builder);
        let builder = $with::<$($higher,)* 5>(builder);
        let builder = $with::<$($higher,)* 6>(builder);
        let builder = $with::<$($higher,)* 7>(builder);
        let builder = $with::<$($higher,)* 8>(builder);
        $with::<$($higher,)* 9>(builder)
    }};
}

fn replace_a_thousand(builder: AppBuilder) -> AppBuilder {
    each_digit!(builder, replace_hundred)
}

fn replace_hundred<const HUNDREDS: u8>(builder: AppBuilder) -> AppBuilder {
    each_digit!(builder, replace_ten, HUNDREDS)
}

fn replace_ten<const HUNDREDS: u8, const TENS: u8>(builder: AppBuilder) -> AppBuilder {
    each_digit!(builder, replace_one, HUNDREDS, TENS)
}

fn replace_one<const H: u8, const T: u8, const O: u8>(builder: AppBuilder) -> AppBuilder {
    builder.replace_with::<unrelated<H, T, O>>(1)
}

static RUNS: AtomicU32 = AtomicU32::new(0);

#[dependency]
async fn session() -> u32 {
    RUNS.fetch_add(1, Ordering::SeqCst)
}

#[dependency(inline)]
fn user(session: Depends<session>) -> u32 {
    RUNS.fetch_add(*session, Ordering::SeqCst)
}

#[handler]
async fn awaits(_user: Depends<user>, _session: Depends<session>) {}

/// FastAPI: with one dependency overridden, whatever it is of, the graph of every request is built
/// anew: 148 times slower.
#[test]
fn a_request_allocates_as_often_whatever_else_is_replaced() {
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build();
    runtime.expect("a runtime starts").block_on(async {
        let replaced = replace_a_thousand(App::builder()).build().expect("an app");
        let one_replaced = App::builder().replace_with::<unrelated<0, 0, 0>>(1);
        let one_replaced = one_replaced.build().expect("an app");
        let mut counts = Vec::new();
        for app in [App::new(), one_replaced, replaced] {
            // The first one builds the plan.
            app.run(awaits::handler, Call::new())
                .await
                .expect("it cannot fail");
            let before = allocations::on_this_thread();
            for _ in 0..100 {
                app.run(awaits::handler, Call::new())
                    .await
                    .expect("it cannot fail");
            }
            counts.push(allocations::on_this_thread() - before);
        }
        assert!(counts[0] > 0, "allocations are counted");
        assert_eq!(counts, [counts[0]; 3]);
    });
}

/// The same seen from the nodes: as many run, on as many hops, and in the same order.
#[test]
fn a_request_runs_the_same_nodes_on_the_same_hops_whatever_else_is_replaced() {
    static RUNS: AtomicU32 = AtomicU32::new(0);

    #[dependency]
    fn connection() -> u32 {
        RUNS.fetch_add(1, Ordering::SeqCst)
    }
    #[dependency]
    async fn user(_connection: Depends<connection>) -> u32 {
        RUNS.fetch_add(1, Ordering::SeqCst)
    }
    #[dependency]
    fn items(_connection: Depends<connection>, _user: Depends<user>) -> u32 {
        RUNS.fetch_add(1, Ordering::SeqCst)
    }
    #[handler]
    fn show(c: Depends<connection>, u: Depends<user>, i: Depends<items>) -> [u32; 3] {
        [*c, *u, *i]
    }

    on_each_runtime(|| async {
        let builders = [
            App::builder(),
            replace_a_thousand(App::builder()),
            App::builder().sequential(),
            replace_a_thousand(App::builder()).sequential(),
        ];
        let mut seen = Vec::new();
        for builder in builders {
            let app = builder.build().expect("an app");
            RUNS.store(0, Ordering::SeqCst);
            let order = call_in(&app, show::handler).await;
            seen.push((order, RUNS.load(Ordering::SeqCst), app.stats().hops));
        }
        assert_eq!(seen[0], (Ok([0, 1, 2]), 3, 1));
        assert_eq!(seen[1], seen[0]);
        assert_eq!(seen[3], seen[2]);
    });
}
