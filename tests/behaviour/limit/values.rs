//! How many values live at once: of every colour and lifetime.

use futures_util::future::join_all;
use hueless::{App, Call, Depends, dependency, handler};

use super::{Count, Live, give_way};
use crate::support::{in_each_app, is_over, on_each_runtime};

/// Runs 20 requests, and checks how many values lived at once.
macro_rules! at_most {
    ($limit:literal, $count:ident, $handler:ident) => {
        in_each_app(|app| async move {
            let requests = (0..20).map(|_| super::spawn!(app, $handler));
            for request in join_all(requests).await {
                request.unwrap().unwrap();
            }
            is_over(&app).await;
            assert_eq!($count.now(), 0);
            let most = $count.take_most();
            assert!((1..=$limit).contains(&most), "{most}");
        });
    };
}

#[test]
fn of_an_async_one() {
    static COUNT: Count = Count::new();

    #[dependency(limit = 3)]
    async fn pool() -> Live {
        give_way(1).await;
        COUNT.one()
    }
    #[handler]
    async fn hold(_pool: Depends<pool>) {
        give_way(3).await;
    }

    at_most!(3, COUNT, hold);
}

#[test]
fn of_a_plain_one_whose_handler_is_plain() {
    static COUNT: Count = Count::new();

    #[dependency(limit = 2)]
    fn pool() -> Live {
        COUNT.one()
    }
    #[handler]
    fn hold(pool: Depends<pool>) -> usize {
        std::thread::yield_now();
        pool.0.now()
    }

    at_most!(2, COUNT, hold);
}

#[test]
fn of_one_that_computes_and_of_one_that_runs_in_place() {
    static COMPUTED: Count = Count::new();
    static IN_PLACE: Count = Count::new();
    static BUILT: Count = Count::new();

    #[dependency(cpu, limit = 2)]
    fn computed() -> Live {
        COMPUTED.one()
    }
    #[dependency(inline, limit = 1)]
    fn in_place() -> Live {
        IN_PLACE.one()
    }
    #[dependency(limit = 2)]
    struct Built {}
    #[handler]
    async fn compute(_computed: Depends<computed>) {
        give_way(2).await;
    }
    #[handler]
    async fn hold(_in_place: Depends<in_place>) {
        give_way(2).await;
    }
    #[handler]
    async fn build(_built: Depends<Built>) {
        let _held = BUILT.one();
        give_way(2).await;
    }

    at_most!(2, COMPUTED, compute);
    at_most!(1, IN_PLACE, hold);
    at_most!(2, BUILT, build);
}

#[test]
fn of_a_transient_one_that_a_request_uses_twice() {
    static COUNT: Count = Count::new();

    #[dependency(transient, limit = 3)]
    async fn buffer() -> Live {
        COUNT.one()
    }
    #[dependency]
    async fn fills(buffer: Depends<buffer>) -> usize {
        give_way(1).await;
        buffer.0.now()
    }
    #[handler]
    async fn twice(_fills: Depends<fills>, _buffer: Depends<buffer>) {
        give_way(2).await;
    }

    at_most!(3, COUNT, twice);
}

#[test]
fn of_one_that_each_instantiation_has_for_itself() {
    static COUNT: Count = Count::new();

    #[dependency(limit = 1)]
    async fn pool<const NUMBER: u8>() -> Live {
        COUNT.one()
    }
    #[handler]
    async fn both(_one: Depends<pool<1>>, _other: Depends<pool<2>>) {
        give_way(2).await;
    }

    at_most!(2, COUNT, both);
}

#[test]
fn a_singleton_is_made_from_one_before_requests_take_slots() {
    static COUNT: Count = Count::new();

    #[dependency(transient, limit = 1)]
    async fn connection() -> Live {
        COUNT.one()
    }
    #[dependency(singleton)]
    async fn cache(connection: Depends<connection>) -> usize {
        give_way(3).await;
        connection.0.now()
    }
    #[dependency(after(lease))]
    async fn late(cache: Depends<cache>) -> usize {
        *cache
    }
    #[dependency]
    async fn lease(_connection: Depends<connection>) -> () {
        give_way(1).await;
    }
    // Without more it would hold the slot that the singleton waits for.
    #[handler(requires(lease))]
    async fn both(_connection: Depends<lease>, late: Depends<late>) -> usize {
        *late
    }
    #[handler]
    async fn keeps(_connection: Depends<connection>, cache: Depends<cache>) -> usize {
        give_way(2).await;
        *cache
    }

    at_most!(1, COUNT, both);
    at_most!(1, COUNT, keeps);
}

#[test]
fn a_replacement_has_a_limit_of_its_own() {
    static ORIGINAL: Count = Count::new();
    static REPLACEMENT: Count = Count::new();

    #[dependency(limit = 1)]
    async fn pool() -> Live {
        ORIGINAL.one()
    }
    #[dependency(limit = 2)]
    async fn wider(_pool: Depends<pool>) -> Live {
        REPLACEMENT.one()
    }
    #[dependency]
    async fn boundless() -> Live {
        REPLACEMENT.one()
    }
    #[handler]
    async fn hold(_pool: Depends<pool>) {
        give_way(3).await;
    }

    on_each_runtime(|| async {
        let hold_in = async |app: App| {
            let requests = (0..12).map(|_| super::spawn!(app, hold));
            for request in join_all(requests).await {
                request.unwrap().unwrap();
            }
            is_over(&app).await;
            (ORIGINAL.take_most(), REPLACEMENT.take_most())
        };
        let builder = || App::builder().on::<Call>();
        // What it replaces is still limited where it is used.
        let wider = builder().replace::<pool, wider>().build().unwrap();
        assert_eq!(hold_in(wider).await, (1, 1));
        let boundless = builder().replace::<pool, boundless>().build().unwrap();
        let (original, replacement) = hold_in(boundless).await;
        assert!(original == 0 && replacement > 2, "{replacement}");
    });
}
