//! What is written down of a request, and when nothing is.

use std::sync::atomic::{AtomicUsize, Ordering};

use hueless::explain::{ExplainedNode, Explanation, Explanations, Fate, Sampler};
use hueless::{App, AppBuilder, Call, Colour, Depends, Outcome, dependency, handler};

use crate::support::{Signal, both_kinds, call_in, on_each_runtime};

/// Runs a test with apps that write every request down.
fn explained<T: Future<Output = ()>>(test: impl Fn(App, Explanations) -> T) {
    on_each_runtime(|| async {
        for kind in 0..2 {
            let explanations = Explanations::of_every(1);
            let settings = |builder: AppBuilder| builder.explain(explanations.clone());
            let app = both_kinds(settings).into_iter().nth(kind);
            test(app.expect("one of two"), explanations).await;
        }
    });
}

fn named<'a>(explanation: &'a Explanation, name: &str) -> &'a ExplainedNode {
    let mut nodes = explanation.nodes().iter();
    nodes.find(|node| node.name == name).expect("it is there")
}

#[test]
fn every_node_has_its_times_its_thread_and_its_hop() {
    #[dependency]
    fn session() -> u8 {
        1
    }
    #[dependency]
    async fn user(session: Depends<session>) -> u8 {
        tokio::task::yield_now().await;
        *session + 1
    }
    #[handler]
    fn show(user: Depends<user>) -> u8 {
        *user + 1
    }

    explained(|app, explanations| async move {
        assert_eq!(call_in(&app, show::handler).await, Ok(3));
        let explanation = explanations.wait_for_next().await;
        assert_eq!(explanation.handler(), "show");
        assert_eq!(explanation.outcome(), Outcome::Completed);
        let nodes = ["session", "user", "show"].map(|name| named(&explanation, name));
        let [session, user, show] = nodes;
        assert_eq!(nodes.map(|node| node.fate), [Fate::Made; 3]);
        let colours = [Colour::Plain, Colour::Async, Colour::Plain];
        assert_eq!(nodes.map(|node| node.colour), colours);
        // In the order in which it went on.
        let times = nodes.map(|node| [node.ready, node.began, node.ended]);
        let times: Vec<_> = times.iter().flatten().map(|time| time.unwrap()).collect();
        assert!(times.is_sorted(), "{times:?}");
        assert!(times.last() <= explanation.answered().as_ref());
        assert!(explanation.answered() <= Some(explanation.over()));
        assert!(nodes.iter().all(|node| node.busy <= node.took().unwrap()));
        for on_lane in [session, show] {
            let thread = on_lane.thread.as_deref().unwrap_or_default();
            assert!(thread.starts_with("hueless"), "{thread}");
        }
        assert_eq!([session.hop, show.hop], [Some(1), Some(2)]);
        assert_eq!(user.waited_for, Some(0));
        let path: Vec<_> = explanation.critical_path().map(|node| node.name).collect();
        assert_eq!(path, ["session", "user", "show"]);
    });
}

#[test]
fn what_failed_and_what_never_ran_is_told_apart() {
    #[dependency]
    fn token() -> Result<u8, String> {
        Err("no token".to_owned())
    }
    #[dependency]
    fn user(token: Depends<token>) -> u8 {
        *token
    }
    #[handler]
    async fn show(user: Depends<user>) -> u8 {
        *user
    }

    explained(|app, explanations| async move {
        assert!(call_in(&app, show::handler).await.is_err());
        let explanation = explanations.wait_for_next().await;
        assert_eq!(explanation.outcome(), Outcome::Failed);
        let fates = ["token", "user", "show"].map(|name| named(&explanation, name).fate);
        assert_eq!(fates, [Fate::Failed, Fate::Skipped, Fate::Skipped]);
        assert!(named(&explanation, "show").began.is_none());
        let path: Vec<_> = explanation.critical_path().map(|node| node.name).collect();
        assert_eq!(path, ["token"]);
    });
}

#[test]
fn a_request_that_is_given_up_is_told_as_far_as_it_came() {
    static BEGUN: Signal = Signal::new();

    #[dependency]
    async fn endless() -> u8 {
        BEGUN.give();
        std::future::pending().await
    }
    #[handler]
    async fn show(endless: Depends<endless>) -> u8 {
        *endless
    }

    explained(|app, explanations| async move {
        BEGUN.reset();
        let request = tokio::spawn(app.run(show::handler, Call::new()));
        BEGUN.wait().await;
        request.abort();
        let explanation = explanations.wait_for_next().await;
        assert_eq!(explanation.outcome(), Outcome::Cancelled);
        assert_eq!(explanation.answered(), None);
        let endless = named(&explanation, "endless");
        assert_eq!((endless.fate, endless.ended), (Fate::Dropped, None));
        assert_eq!(named(&explanation, "show").fate, Fate::Skipped);
    });
}

#[test]
fn endings_are_told_with_their_threads() {
    #[dependency(teardown = commit, after_response = release)]
    fn transaction() -> u8 {
        1
    }
    fn commit(_: Depends<transaction>, _: Outcome) {}
    async fn release(_: Depends<transaction>, _: Outcome) {}

    #[dependency(teardown = close)]
    async fn file(transaction: Depends<transaction>) -> u8 {
        *transaction
    }
    async fn close(_: Depends<file>, _: Outcome) {}

    #[handler]
    async fn write(file: Depends<file>) -> u8 {
        *file
    }

    explained(|app, explanations| async move {
        assert_eq!(call_in(&app, write::handler).await, Ok(1));
        let explanation = explanations.wait_for_next().await;
        let transaction = named(&explanation, "transaction");
        let commit = transaction.teardown.as_ref().expect("it was torn down");
        let release = transaction
            .after_response
            .as_ref()
            .expect("it was released");
        let close = named(&explanation, "file").teardown.as_ref();
        let close = close.expect("it was torn down");
        assert!(commit.thread.starts_with("hueless"), "{}", commit.thread);
        assert!(close.ended <= commit.began && commit.ended <= release.began);
        let answered = explanation.answered().expect("somebody waited");
        assert!((commit.ended..=release.began).contains(&answered));
        assert!(release.ended <= explanation.over());
    });
}

#[test]
fn who_samples_is_asked_once_for_each_request_and_gets_what_it_wants() {
    #[handler]
    async fn wanted() {}
    #[handler]
    async fn unwanted() {}

    struct Wants(&'static [AtomicUsize; 2]);
    impl Sampler for Wants {
        fn wants(&self, handler: &'static str) -> bool {
            self.0[0].fetch_add(1, Ordering::SeqCst);
            handler == "wanted"
        }
        fn take(&self, explanation: Explanation) {
            assert_eq!(explanation.handler(), "wanted");
            self.0[1].fetch_add(1, Ordering::SeqCst);
        }
    }

    on_each_runtime(|| async {
        static COUNTS: [AtomicUsize; 2] = [AtomicUsize::new(0), AtomicUsize::new(0)];
        let counts = || {
            COUNTS
                .each_ref()
                .map(|count| count.swap(0, Ordering::SeqCst))
        };
        let app = App::builder().explain(Wants(&COUNTS)).build();
        let app = app.expect("nothing is set wrongly");
        for _ in 0..3 {
            call_in(&app, wanted::handler).await.expect("no failure");
            call_in(&app, unwanted::handler).await.expect("no failure");
        }
        assert_eq!(counts(), [6, 3]);
    });
}

#[test]
fn one_in_so_many_is_kept_the_first_among_them() {
    #[handler]
    async fn show() {}

    on_each_runtime(|| async {
        for (every, kept) in [(0, 0), (1, 7), (3, 3)] {
            let explanations = Explanations::of_every(every);
            let app = App::builder().explain(explanations.clone()).build();
            let app = app.expect("nothing is set wrongly");
            for _ in 0..7 {
                call_in(&app, show::handler).await.expect("no failure");
            }
            assert_eq!(explanations.last().len(), kept, "{every}");
        }
    });
}

#[test]
fn a_sampler_that_panics_harms_nobody() {
    #[handler]
    async fn show() -> u8 {
        1
    }

    struct Panics(bool);
    impl Sampler for Panics {
        fn wants(&self, _: &'static str) -> bool {
            assert!(!self.0, "when it is asked");
            true
        }
        fn take(&self, _: Explanation) {
            panic!("when it takes");
        }
    }

    on_each_runtime(|| async {
        for when_asked in [true, false] {
            let app = App::builder().explain(Panics(when_asked)).build();
            let app = app.expect("nothing is set wrongly");
            assert_eq!(call_in(&app, show::handler).await, Ok(1));
        }
    });
}
