//! A layer lends its values within its own app, and opens no way past another one's end.

use std::sync::atomic::{AtomicU32, Ordering};

use axum::Router;
use axum::extract::Request;
use axum::middleware::{Next, from_fn};
use axum::routing::get;
use hueless::axum::{Http, require};
use hueless::{App, Call, Depends, Outcome, dependency, handler};

use crate::client::{ask, get as request};
use crate::support::{Log, PATIENCE, in_each_app, is_over, on_each_runtime};

/// Values of another app are another app's: its singletons, its replacements.
#[test]
fn another_app_behind_the_layer_makes_its_own_values() {
    static LOG: Log = Log::new();
    static NEXT: AtomicU32 = AtomicU32::new(0);

    #[dependency(teardown = end, after_response = release)]
    fn user() -> u32 {
        NEXT.fetch_add(1, Ordering::SeqCst)
    }
    fn end(user: Depends<user>, outcome: Outcome) {
        LOG.add(format!("end-{}-{outcome}", *user));
    }
    fn release(user: Depends<user>, outcome: Outcome) {
        LOG.add(format!("release-{}-{outcome}", *user));
    }
    #[handler]
    async fn show(user: Depends<user>) -> String {
        user.to_string()
    }

    in_each_app(|inner| async move {
        NEXT.store(0, Ordering::SeqCst);
        let outer = App::new();
        let router = Router::new()
            .route("/", get(show::handler))
            .layer(inner.layer())
            .layer(require::<user>())
            .layer(outer.layer());
        assert_eq!(ask(&router, request("/")).await.seen(), (200, "1"));
        is_over(&inner).await;
        is_over(&outer).await;
        assert_eq!(
            LOG.take(),
            "end-1-completed end-0-completed release-1-completed release-0-completed"
        );
    });
}

/// The same through a layer of the other app, which has nothing of its own of that kind to lend.
#[test]
fn no_layer_passes_on_what_another_app_has_lent() {
    #[dependency]
    fn db() -> &'static str {
        "real"
    }
    #[dependency(guard)]
    async fn admin() -> &'static str {
        "ada"
    }
    #[handler]
    async fn show(admin: Depends<admin>, db: Depends<db>) -> String {
        format!("{} {}", *admin, *db)
    }

    in_each_app(|inner| async move {
        let outer = App::builder()
            .replace_with::<admin>("anyone")
            .replace_with::<db>("fake");
        let router = Router::new()
            .route("/", get(show::handler))
            .layer(require::<admin>())
            .layer(inner.layer())
            .layer(require::<db>())
            .layer(require::<admin>())
            .layer(outer.build().expect("an app").layer());
        assert_eq!(ask(&router, request("/")).await.seen(), (200, "ada real"));
    });
}

/// A replacement that wraps what it replaces: there are two of that name, and one is lent.
#[test]
fn behind_the_layer_a_replacement_stands_for_what_it_wraps() {
    static RUNS: AtomicU32 = AtomicU32::new(0);

    #[dependency]
    fn name() -> String {
        RUNS.fetch_add(1, Ordering::SeqCst);
        "ada".to_owned()
    }
    #[dependency]
    async fn loud_name(name: Depends<name>) -> String {
        RUNS.fetch_add(1, Ordering::SeqCst);
        name.to_uppercase()
    }
    #[dependency]
    fn greeting(name: Depends<name>) -> String {
        format!("hello {}", *name)
    }
    #[handler]
    async fn greet(name: Depends<name>, greeting: Depends<greeting>) -> String {
        format!("{} {}", *greeting, *name)
    }

    on_each_runtime(|| async {
        RUNS.store(0, Ordering::SeqCst);
        let app = App::builder()
            .on::<Http<()>>()
            .replace::<name, loud_name>()
            .build();
        let router = Router::new()
            .route("/", get(greet::handler))
            .layer(require::<name>())
            .layer(app.expect("an app").layer());
        assert_eq!(
            ask(&router, request("/")).await.seen(),
            (200, "hello ADA ADA")
        );
        assert_eq!(RUNS.load(Ordering::SeqCst), 2);
    });
}

#[dependency]
fn user() -> u32 {
    1
}

#[handler]
async fn show(_user: Depends<user>) -> &'static str {
    "shown"
}

/// What a layer has let pass goes on while its app shuts down. That is no leave to enter another one
/// which is gone.
#[test]
fn the_layer_of_one_app_lets_nobody_into_another_one_that_has_shut_down() {
    on_each_runtime(|| async {
        let (outer, inner) = (App::new(), App::new());
        let router = Router::new()
            .route("/", get(show::handler))
            .layer(inner.layer())
            .layer(require::<user>())
            .layer(outer.layer());
        assert_eq!(ask(&router, request("/")).await.seen(), (200, "shown"));
        is_over(&inner).await;
        assert_eq!(ask(&router, request("/")).await.seen(), (503, ""));
    });
}

/// One request, two layers, and the end of the app in between.
#[test]
fn a_request_that_a_layer_has_let_pass_is_let_pass_by_the_next_one() {
    #[dependency(guard)]
    async fn admin(_user: Depends<user>) -> u32 {
        2
    }
    #[handler]
    fn show(_admin: Depends<admin>, _user: Depends<user>) -> &'static str {
        "shown"
    }

    in_each_app(|app| async move {
        let shuts_down = {
            let app = app.clone();
            from_fn(move |request: Request, next: Next| {
                let app = app.clone();
                async move {
                    let mut shutdown = Box::pin(async move { app.shutdown(PATIENCE).await });
                    assert!(futures_util::poll!(&mut shutdown).is_pending());
                    drop(tokio::spawn(shutdown));
                    next.run(request).await
                }
            })
        };
        let router = Router::new()
            .route("/", get(show::handler))
            .layer(require::<admin>())
            .layer(shuts_down)
            .layer(require::<user>())
            .layer(app.layer());
        assert_eq!(ask(&router, request("/")).await.seen(), (200, "shown"));
        assert_eq!(ask(&router, request("/")).await.seen(), (503, ""));
        is_over(&app).await;
    });
}

/// A handler that is refused before it begins has failed, and has not just been left out.
#[test]
fn the_layer_hears_that_the_plan_of_the_handler_was_refused() {
    static LOG: Log = Log::new();

    #[dependency(teardown = end)]
    fn transaction() -> () {}
    async fn end(_transaction: Depends<transaction>, outcome: Outcome) {
        LOG.add(format!("end-{outcome}"));
    }
    #[dependency]
    fn db() -> u8 {
        1
    }
    #[dependency]
    fn fake_db() -> u8 {
        2
    }
    #[handler]
    async fn show(_transaction: Depends<transaction>, db: Depends<db>) -> String {
        db.to_string()
    }

    on_each_runtime(|| async {
        // Replaced where no router looks, and so not to be used there by oversight.
        let app = App::builder().on::<Call>().replace::<db, fake_db>().build();
        let app = app.expect("an app");
        let router = Router::new()
            .route("/", get(show::handler))
            .layer(require::<transaction>())
            .layer(app.layer());
        assert_eq!(ask(&router, request("/")).await.seen(), (500, ""));
        is_over(&app).await;
        assert_eq!(LOG.take(), "end-failed");
    });
}
