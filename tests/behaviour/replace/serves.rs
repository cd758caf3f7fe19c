//! `serves`: a handler that the app knows before a request asks for it.

use hueless::{App, Call, Depends, Input, dependency, handler};

use super::{Web, refused};
use crate::support::{Log, call_in, on_each_runtime};

#[test]
fn it_takes_handlers_of_all_kinds() {
    #[dependency]
    fn db<const N: usize>() -> usize {
        N
    }
    #[handler]
    fn plain(_db: Depends<db<1>>, Input(_n): Input<u8>) {}
    #[handler]
    async fn asynchronous(_db: Depends<db<1>>) -> Result<u8, String> {
        Ok(1)
    }
    #[handler(inline, requires(db<2>))]
    fn inline() -> impl Send + 'static {}
    #[handler]
    fn generic<const N: usize>(_db: Depends<db<N>>) {}
    #[handler]
    async fn reads_a_body(_method: axum::http::Method, _body: String) {}

    let builder = App::builder().on::<Call>().serves(plain::handler);
    let builder = builder
        .serves(asynchronous::handler)
        .serves(inline::handler);
    let builder = builder
        .serves(generic::<3>::handler)
        .serves(generic::<4>::handler);
    let builder = builder.on::<Web>().serves(reads_a_body::handler);
    builder.serves(asynchronous::handler).build().unwrap();
}

#[test]
fn the_app_starts_the_singletons_of_what_it_serves() {
    static LOG: Log = Log::new();

    #[dependency(singleton)]
    fn config() -> u32 {
        LOG.add("config");
        1
    }
    #[dependency(singleton)]
    fn pool(config: Depends<config>) -> u32 {
        LOG.add("pool");
        *config
    }
    #[handler]
    fn read(pool: Depends<pool>) -> u32 {
        *pool
    }

    on_each_runtime(|| async {
        let app = App::builder()
            .on::<Call>()
            .serves(read::handler)
            .build()
            .unwrap();
        app.start().await.unwrap();
        assert_eq!(LOG.take(), "config pool");
        assert_eq!(call_in(&app, read::handler).await, Ok(1));
        assert_eq!(LOG.take(), "");
    });
}

#[test]
fn it_needs_no_runtime() {
    #[handler]
    fn read() {}

    App::builder()
        .on::<Call>()
        .serves(read::handler)
        .build()
        .unwrap();
}

#[test]
fn every_handler_is_looked_at() {
    #[dependency(transient)]
    fn fresh() -> () {}
    #[dependency(after(fresh))]
    fn late() -> () {}
    #[dependency(after(fresh))]
    fn later() -> () {}
    #[handler]
    fn one(_late: Depends<late>, _fresh: Depends<fresh>) {}
    #[handler]
    fn two(_later: Depends<later>, _fresh: Depends<fresh>) {}
    #[handler]
    fn three(_late: Depends<late>, _fresh: Depends<fresh>) {}

    let builder = App::builder()
        .on::<Call>()
        .serves(one::handler)
        .serves(two::handler);
    let builder = builder
        .serves(three::handler)
        .on::<Web>()
        .serves(one::handler);
    assert_eq!(
        refused(builder),
        "`late` starts after `fresh`, but that is transient: it is made for each use, so there is \
         no one moment when it is done; \
         `later` starts after `fresh`, but that is transient: it is made for each use, so there is \
         no one moment when it is done"
    );
}
