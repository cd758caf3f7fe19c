//! A pool with fewer things in it than there are threads, or requests.

use std::sync::Arc;
use std::time::Duration;

use hueless::{AppBuilder, Call, Depends, Input, Outcome, dependency, handler};
use tokio::sync::{OwnedSemaphorePermit, Semaphore};

use super::{Crowd, Pool, Taken, is_idle, together, until};
use crate::support::{Log, Signal, in_each_app_with, is_over};

const REQUESTS: usize = 6;

/// FastAPI: a plain dependency is a hop, its exit another one, and a hop is refused a thread while
/// those who wait for the connection keep all: 4 of 6 requests fail with the timeout of the pool.
#[test]
fn a_connection_is_kept_across_hops_by_more_requests_than_there_are_threads() {
    static USERS: Crowd = Crowd::new();

    #[dependency(singleton, inline)]
    fn pool() -> Arc<Pool> {
        Pool::of(1)
    }
    #[dependency]
    fn connection(pool: Depends<pool>) -> Taken {
        pool.take()
    }
    /// The thread is given back meanwhile.
    #[dependency]
    async fn far_away(_connection: Depends<connection>) -> u8 {
        tokio::time::sleep(Duration::from_millis(1)).await;
        1
    }
    /// Not before the connection has been used up to here.
    #[dependency(teardown = commit)]
    fn transaction(_connection: Depends<connection>, far_away: Depends<far_away>) -> u8 {
        let _used = USERS.join();
        *far_away + 1
    }
    fn commit(_transaction: Depends<transaction>, _: Outcome) {
        let _used = USERS.join();
    }
    #[handler]
    fn show(transaction: Depends<transaction>) -> u8 {
        let _used = USERS.join();
        *transaction
    }

    let settings = |builder: AppBuilder| {
        let builder = builder.blocking_limit(2).seats(REQUESTS);
        builder.stall(Duration::from_millis(1))
    };
    in_each_app_with(settings, |app| async move {
        let requests = (0..REQUESTS).map(|_| app.run(show::handler, Call::new()));
        for result in together(requests).await {
            assert_eq!(result.expect("no failure"), 2);
        }
        assert_eq!(USERS.take_most(), 1, "there is one connection");
        let stats = until(&app, is_idle).await;
        assert!(stats.threads <= REQUESTS, "{stats:?}");
        is_over(&app).await;
    });
}

/// A permit from the first blocking node to the last one: the request that waits for the connection
/// keeps the thread that the request with the connection waits for.
#[test]
fn two_routes_take_a_connection_before_and_after_their_first_blocking_node() {
    static LOG: Log = Log::new();
    static HAS_IT: Signal = Signal::new();

    #[dependency(singleton, inline)]
    fn pool() -> Arc<Semaphore> {
        Arc::new(Semaphore::new(1))
    }
    async fn take(pool: &Arc<Semaphore>) -> OwnedSemaphorePermit {
        let taken = Arc::clone(pool).acquire_owned().await;
        taken.expect("the pool is open")
    }
    #[dependency(guard)]
    fn user() -> u8 {
        LOG.add("user");
        HAS_IT.wait_blocking();
        1
    }
    #[dependency]
    async fn connection_of_user(_user: Depends<user>, pool: Depends<pool>) -> OwnedSemaphorePermit {
        take(&pool).await
    }
    #[dependency]
    async fn connection(pool: Depends<pool>) -> OwnedSemaphorePermit {
        let connection = take(&pool).await;
        HAS_IT.give();
        connection
    }
    #[handler]
    fn behind(_connection: Depends<connection_of_user>) {
        LOG.add("behind");
    }
    #[handler]
    fn before(_connection: Depends<connection>) {
        LOG.add("before");
    }

    // No thread more, whatever happens.
    let settings = |builder: AppBuilder| builder.blocking_limit(1).stall(Duration::MAX);
    in_each_app_with(settings, |app| async move {
        HAS_IT.reset();
        let behind = tokio::spawn(app.run(behind::handler, Call::new()));
        while !LOG.contains("user") {
            tokio::task::yield_now().await;
        }
        let before = app.run(before::handler, Call::new());
        let before = tokio::spawn(before);
        behind.await.expect("no panic").expect("no failure");
        before.await.expect("no panic").expect("no failure");
        let log = LOG.take();
        assert!(
            ["user before behind", "user behind before"].contains(&&*log),
            "{log}"
        );
        until(&app, is_idle).await;
    });
}

/// Many at once, half of each.
#[test]
fn both_routes_are_asked_by_many_at_once() {
    static USERS: Crowd = Crowd::new();

    type Connections = Arc<Semaphore>;
    #[dependency(guard)]
    fn user() -> u8 {
        std::thread::yield_now();
        1
    }
    #[dependency]
    async fn connection(Input(pool): Input<Connections>) -> OwnedSemaphorePermit {
        pool.acquire_owned().await.expect("the pool is open")
    }
    #[dependency]
    async fn connection_of_user(
        _user: Depends<user>,
        connection: Depends<connection>,
    ) -> Depends<connection> {
        connection
    }
    #[handler]
    fn behind(_connection: Depends<connection_of_user>) {
        let _used = USERS.join();
    }
    #[handler]
    fn before(_connection: Depends<connection>) {
        let _used = USERS.join();
    }

    let settings = |builder: AppBuilder| builder.blocking_limit(1).stall(Duration::MAX);
    in_each_app_with(settings, |app| async move {
        let pool = Connections::new(Semaphore::new(1));
        let call = || Call::new().with(Connections::clone(&pool));
        let behind = together((0..20).map(|_| app.run(behind::handler, call())));
        let before = together((0..20).map(|_| app.run(before::handler, call())));
        let (behind, before) = tokio::join!(behind, before);
        assert!(
            behind
                .into_iter()
                .chain(before)
                .all(|result| result.is_ok())
        );
        assert_eq!(USERS.take_most(), 1);
        until(&app, is_idle).await;
    });
}
