//! One app on two runtimes, of which one goes away while it makes a singleton.

use std::sync::atomic::{AtomicU32, Ordering};

use futures_util::{FutureExt, poll};
use hueless::{Depends, dependency, handler};
use tokio::runtime::{Builder, Runtime};

use crate::support::{PATIENCE, Signal, both_kinds, call_in};

fn runtime() -> Runtime {
    let mut builder = Builder::new_multi_thread();
    let runtime = builder.worker_threads(1).enable_all().build();
    runtime.expect("a runtime starts")
}

#[test]
fn who_waits_on_the_other_one_has_it_made_there() {
    static TRIES: AtomicU32 = AtomicU32::new(0);
    static BEGUN: Signal = Signal::new();

    #[dependency(singleton)]
    async fn pool() -> u32 {
        if TRIES.fetch_add(1, Ordering::Relaxed) == 0 {
            BEGUN.give();
            std::future::pending::<()>().await;
        }
        TRIES.load(Ordering::Relaxed)
    }
    #[handler]
    async fn read(pool: Depends<pool>) -> u32 {
        *pool
    }

    for app in both_kinds(|builder| builder) {
        TRIES.store(0, Ordering::Relaxed);
        BEGUN.reset();
        let (dies, lives) = (runtime(), runtime());
        let first = app.clone();
        drop(dies.spawn(async move { call_in(&first, read::handler).await }));
        BEGUN.wait_blocking();
        lives.block_on(async {
            let mut requests = [0; 3].map(|_| Box::pin(call_in(&app, read::handler)));
            for request in &mut requests {
                assert!(poll!(request).is_pending());
            }
            dies.shutdown_background();
            let answers = futures_util::future::join_all(requests);
            let answers = tokio::time::timeout(PATIENCE, answers).await;
            assert_eq!(answers.expect("in time"), [Ok(2), Ok(2), Ok(2)]);
        });
        assert_eq!(TRIES.load(Ordering::Relaxed), 2);
    }
}

#[test]
fn who_waits_on_the_same_one_is_told() {
    #[dependency(singleton)]
    async fn pool() -> u32 {
        std::future::pending().await
    }
    #[handler]
    async fn read(pool: Depends<pool>) -> u32 {
        *pool
    }

    for app in both_kinds(|builder| builder) {
        let dies = runtime();
        let mut requests = [0; 3].map(|_| Box::pin(call_in(&app, read::handler)));
        dies.block_on(async {
            for request in &mut requests {
                assert!(poll!(request).is_pending());
            }
        });
        let handle = dies.handle().clone();
        // Waits until its tasks are gone.
        drop(dies);
        let _entered = handle.enter();
        for request in requests {
            let answer = request.now_or_never().expect("it does not hang");
            let rejection = answer.unwrap_err();
            assert!(rejection.contains("the work was given up"), "{rejection}");
        }
    }
}
