//! `guard`, `requires` and `after`: what must wait says so.

use hueless::{App, Depends, dependency, handler};

use crate::support::{Log, Signal, call, call_in, on_each_runtime};

#[test]
fn nothing_later_starts_before_a_guard_has_passed_but_what_it_needs() {
    static LOG: Log = Log::new();

    #[dependency]
    fn token() -> () {
        LOG.add("token");
    }
    #[dependency(guard)]
    async fn signed_in(_token: Depends<token>) -> () {
        tokio::task::yield_now().await;
        LOG.add("signed_in");
    }
    #[dependency]
    async fn create_order() -> () {
        LOG.add("create_order");
    }
    // The guard is written last, and two levels down: it still comes first.
    #[dependency]
    async fn user(_signed_in: Depends<signed_in>) -> () {
        LOG.add("user");
    }
    #[handler(inline)]
    fn buy(_order: Depends<create_order>, _user: Depends<user>) {
        LOG.add("buy");
    }

    on_each_runtime(|| async {
        call(buy::handler).await.unwrap();
        assert_eq!(LOG.take(), "token signed_in create_order user buy");
    });
}

#[test]
fn a_sibling_of_a_guard_that_refuses_never_starts() {
    static LOG: Log = Log::new();

    #[dependency(guard)]
    fn refuses() -> Result<(), &'static str> {
        LOG.add("refuses");
        Err("401")
    }
    #[dependency]
    async fn create_order() -> () {
        LOG.add("create_order");
    }
    #[dependency]
    fn audit() -> () {
        LOG.add("audit");
    }
    #[handler]
    fn buy(_order: Depends<create_order>, _audit: Depends<audit>, _user: Depends<refuses>) {
        LOG.add("buy");
    }

    on_each_runtime(|| async {
        assert_eq!(call(buy::handler).await, Err("401".to_owned()));
        assert_eq!(LOG.take(), "refuses");
    });
}

#[test]
fn what_a_handler_requires_runs_first_in_this_order() {
    static LOG: Log = Log::new();

    #[dependency]
    fn first() -> () {
        LOG.add("first");
    }
    #[dependency]
    async fn second() -> () {
        LOG.add("second");
    }
    #[dependency]
    async fn db() -> () {
        LOG.add("db");
    }
    #[handler(inline, requires(first, second))]
    fn show(_db: Depends<db>) {
        LOG.add("show");
    }

    on_each_runtime(|| async {
        call(show::handler).await.unwrap();
        assert_eq!(LOG.take(), "first second db show");
    });
}

#[test]
fn what_a_dependency_requires_holds_back_its_inputs_and_nothing_else() {
    static LOG: Log = Log::new();
    static FREE_RAN: Signal = Signal::new();

    #[dependency]
    fn may_read() -> () {
        FREE_RAN.wait_blocking();
        LOG.add("may_read");
    }
    #[dependency]
    async fn connection() -> () {
        LOG.add("connection");
    }
    #[dependency(requires(may_read))]
    fn report(_connection: Depends<connection>) -> () {
        LOG.add("report");
    }
    #[dependency]
    async fn free() -> () {
        LOG.add("free");
        FREE_RAN.give();
    }
    #[handler(inline)]
    fn show(_report: Depends<report>, _free: Depends<free>) {}

    on_each_runtime(|| async {
        FREE_RAN.reset();
        call(show::handler).await.unwrap();
        assert_eq!(LOG.take(), "free may_read connection report");
    });
}

#[test]
fn after_waits_where_both_are_in_the_plan_and_only_there() {
    static LOG: Log = Log::new();

    #[dependency]
    async fn lock() -> () {
        tokio::task::yield_now().await;
        LOG.add("lock");
    }
    #[dependency(after(lock))]
    async fn write() -> () {
        LOG.add("write");
    }
    #[handler(inline)]
    fn both(_write: Depends<write>, _lock: Depends<lock>) {}
    #[handler(inline)]
    fn alone(_write: Depends<write>) {}

    on_each_runtime(|| async {
        call(both::handler).await.unwrap();
        assert_eq!(LOG.take(), "lock write");
        call(alone::handler).await.unwrap();
        assert_eq!(LOG.take(), "write");
    });
}

#[test]
fn a_handler_that_starts_after_a_dependency_needs_no_value_of_it() {
    static LOG: Log = Log::new();

    #[dependency]
    fn warm_up() -> () {
        LOG.add("warm_up");
    }
    #[dependency]
    async fn other(_warm_up: Depends<warm_up>) -> () {
        LOG.add("other");
    }
    #[handler(inline, after(warm_up))]
    fn show(_other: Depends<other>) {
        LOG.add("show");
    }

    on_each_runtime(|| async {
        let app = App::new();
        call_in(&app, show::handler).await.unwrap();
        assert_eq!(LOG.take(), "warm_up other show");
    });
}
