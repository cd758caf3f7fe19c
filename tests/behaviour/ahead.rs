//! Requests in which nothing leaves the executor: however far such a one comes before something waits, it
//! goes on from there as any other does.

use std::sync::atomic::{AtomicU32, Ordering};

use hueless::{App, Call, Depends, dependency, handler};
use tokio::task::yield_now;

use crate::support::{Log, call, on_each_runtime};

#[test]
fn what_one_reader_has_taken_is_not_made_again_when_that_waits() {
    static MADE: AtomicU32 = AtomicU32::new(0);

    #[dependency(transient)]
    async fn number() -> u32 {
        MADE.fetch_add(1, Ordering::Relaxed);
        7
    }
    #[dependency]
    async fn waits(number: Depends<number>) -> u32 {
        yield_now().await;
        *number
    }
    #[handler]
    async fn read(waits: Depends<waits>, number: Depends<number>) -> u32 {
        *waits + *number
    }

    on_each_runtime(|| async {
        MADE.store(0, Ordering::Relaxed);
        assert_eq!(call(read::handler).await, Ok(14));
        assert_eq!(MADE.load(Ordering::Relaxed), 2);
    });
}

#[test]
fn what_does_not_need_it_begins_while_the_first_one_waits() {
    static LOG: Log = Log::new();

    #[dependency]
    async fn early() -> u32 {
        LOG.add("early");
        1
    }
    #[dependency]
    async fn waits(early: Depends<early>) -> u32 {
        LOG.add("waits");
        yield_now().await;
        LOG.add("goes on");
        *early
    }
    #[dependency]
    async fn beside(early: Depends<early>) -> u32 {
        LOG.add("beside");
        *early
    }
    #[dependency(inline)]
    fn behind(waits: Depends<waits>) -> u32 {
        LOG.add("behind");
        *waits
    }
    #[handler]
    async fn read(behind: Depends<behind>, beside: Depends<beside>) -> u32 {
        LOG.add("read");
        *behind + *beside
    }

    on_each_runtime(|| async {
        assert_eq!(call(read::handler).await, Ok(2));
        assert_eq!(
            LOG.take_list(),
            "early, waits, beside, goes on, behind, read"
        );
    });
}

#[test]
fn the_first_failure_counts_whether_anything_has_waited_or_not() {
    #[dependency]
    async fn ready() -> Result<u32, &'static str> {
        Err("ready")
    }
    #[dependency]
    async fn waits() -> Result<u32, &'static str> {
        yield_now().await;
        Err("waits")
    }
    #[handler]
    async fn waits_first(waits: Depends<waits>, ready: Depends<ready>) -> u32 {
        *waits + *ready
    }
    #[handler]
    async fn ready_first(ready: Depends<ready>, waits: Depends<waits>) -> u32 {
        *waits + *ready
    }

    on_each_runtime(|| async {
        assert_eq!(call(waits_first::handler).await, Err("waits".to_owned()));
        assert_eq!(call(ready_first::handler).await, Err("ready".to_owned()));
    });
}

#[test]
fn what_a_handler_keeps_outlives_its_request_and_nothing_else_does() {
    static LOG: Log = Log::new();

    struct Told(&'static str);
    impl Drop for Told {
        fn drop(&mut self) {
            LOG.add(self.0);
        }
    }
    #[dependency]
    async fn stays() -> Told {
        Told("stays")
    }
    #[dependency]
    async fn escapes(_stays: Depends<stays>) -> Told {
        Told("escapes")
    }
    #[handler]
    async fn keep(escapes: Depends<escapes>) -> Depends<escapes> {
        escapes
    }

    on_each_runtime(|| async {
        let app = App::new();
        let kept = app
            .run(keep::handler, Call::new())
            .await
            .expect("nothing of it fails");
        assert_eq!(LOG.take_list(), "stays");
        let clone = kept.clone();
        drop(kept);
        assert_eq!(clone.0, "escapes");
        std::thread::spawn(move || drop(clone))
            .join()
            .expect("nothing panics");
        assert_eq!(LOG.take_list(), "escapes");
    });
}
