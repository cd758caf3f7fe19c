//! What is written down of a request, and when nothing is.

use std::sync::atomic::{AtomicUsize, Ordering};

use hueless::explain::{ExplainedNode, Explanation, Explanations, Fate, Sampler};
use hueless::{App, AppBuilder, Call, Colour, Depends, Outcome, dependency, handler};

use crate::support::{PATIENCE, Signal, both_kinds, call_in, on_each_runtime};

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
        assert_eq!(endless.fate, Fate::Dropped);
        // It ran until then.
        assert!(endless.began < endless.ended, "{endless:?}");
        assert_eq!(named(&explanation, "show").fate, Fate::Skipped);
    });
}

#[test]
fn a_request_that_is_turned_away_is_refused_and_not_cancelled() {
    static BEGUN: Signal = Signal::new();
    static GO_ON: Signal = Signal::new();

    #[handler]
    fn hold() {
        BEGUN.give();
        GO_ON.wait_blocking();
    }

    on_each_runtime(|| async {
        BEGUN.reset();
        GO_ON.reset();
        let explanations = Explanations::of_every(1);
        let builder = App::builder().seats(1).queue_limit(0);
        let app = builder.explain(explanations.clone()).build();
        let app = app.expect("nothing is set wrongly");
        let held = tokio::spawn(app.run(hold::handler, Call::new()));
        BEGUN.wait().await;
        assert!(app.run(hold::handler, Call::new()).await.is_err());
        let overloaded = explanations.wait_for_next().await;
        GO_ON.give();
        assert!(held.await.expect("no panic").is_ok());
        let held = explanations.wait_for_next().await;
        app.shutdown(PATIENCE).await.expect("nothing goes on");
        assert!(app.run(hold::handler, Call::new()).await.is_err());
        let late = explanations.wait_for_next().await;

        for refused in [overloaded, late] {
            assert!(refused.is_refused());
            assert_eq!(refused.outcome(), Outcome::Failed);
            assert!(refused.answered().is_some());
            assert!(refused.to_string().starts_with("hold: refused, answered"));
            assert!(refused.nodes().iter().all(|node| node.began.is_none()));
        }
        assert!(!held.is_refused());
    });
}

#[test]
fn a_node_is_not_ready_before_its_request_has_a_seat() {
    static BEGUN: Signal = Signal::new();
    static GO_ON: Signal = Signal::new();

    #[dependency]
    async fn user() -> u8 {
        1
    }
    #[handler]
    fn hold(_user: Depends<user>) {
        BEGUN.give();
        GO_ON.wait_blocking();
    }

    on_each_runtime(|| async {
        BEGUN.reset();
        GO_ON.reset();
        let explanations = Explanations::of_every(1);
        let builder = App::builder().seats(1);
        let app = builder.explain(explanations.clone()).build();
        let app = app.expect("nothing is set wrongly");
        let requests = [(); 2].map(|()| tokio::spawn(app.run(hold::handler, Call::new())));
        BEGUN.wait().await;
        while app.stats().waiting_for_seats == 0 {
            tokio::task::yield_now().await;
        }
        GO_ON.give();
        for request in requests {
            assert!(request.await.expect("no panic").is_ok());
        }
        let first = explanations.wait_for_next().await;
        assert_eq!(first.seated(), None);
        let second = explanations.wait_for_next().await;
        let seated = second.seated().expect("it has waited");
        assert_eq!(named(&second, "user").ready, Some(seated));
        assert!(second.to_string().contains("hold: completed, seated after"));
    });
}

#[test]
fn the_path_ends_where_the_answer_was_decided() {
    static QUICK: Signal = Signal::new();

    #[dependency]
    async fn slow_failure() -> Result<u8, String> {
        QUICK.wait().await;
        Err("late".to_owned())
    }
    #[dependency]
    async fn quick() -> u8 {
        QUICK.give();
        1
    }
    #[handler]
    async fn show(slow: Depends<slow_failure>, quick: Depends<quick>) -> u8 {
        *slow + *quick
    }

    on_each_runtime(|| async {
        QUICK.reset();
        let explanations = Explanations::of_every(1);
        let app = App::builder().explain(explanations.clone()).build();
        let app = app.expect("nothing is set wrongly");
        assert!(call_in(&app, show::handler).await.is_err());
        let explanation = explanations.wait_for_next().await;
        let path: Vec<_> = explanation.critical_path().map(|node| node.name).collect();
        assert_eq!(path, ["slow_failure"]);
    });
}

#[test]
fn what_runs_one_after_another_waits_for_each_other() {
    #[dependency]
    async fn first() -> u8 {
        tokio::task::yield_now().await;
        1
    }
    #[dependency]
    async fn second() -> u8 {
        tokio::task::yield_now().await;
        1
    }
    #[handler(sequential)]
    async fn show(first: Depends<first>, second: Depends<second>) -> u8 {
        *first + *second
    }

    explained(|app, explanations| async move {
        assert_eq!(call_in(&app, show::handler).await, Ok(2));
        let explanation = explanations.wait_for_next().await;
        let path: Vec<_> = explanation.critical_path().map(|node| node.name).collect();
        assert_eq!(path, ["first", "second", "show"]);
        assert!(explanation.to_string().contains(", after first\n"));
    });
}

#[test]
fn nodes_of_one_name_are_told_apart() {
    #[dependency]
    async fn repository<const N: u8>() -> u8 {
        N
    }
    #[dependency(limit = 1)]
    async fn connection() -> u8 {
        3
    }
    #[handler]
    async fn show(
        one: Depends<repository<1>>,
        two: Depends<repository<2>>,
        connection: Depends<connection>,
    ) -> u8 {
        *one + *two + *connection
    }

    explained(|app, explanations| async move {
        assert_eq!(call_in(&app, show::handler).await, Ok(6));
        let explanation = explanations.wait_for_next().await;
        let mut labels: Vec<&str> = explanation.nodes().iter().map(|it| &*it.label).collect();
        labels.sort_unstable();
        let expected = [
            "connection",
            "repository<1>",
            "repository<2>",
            "show",
            "slot of connection",
        ];
        assert_eq!(labels, expected);
    });
}

/// What a viewer cannot draw otherwise.
#[test]
fn slices_of_a_thread_lie_within_each_other_or_apart() {
    static BEGUN: [Signal; 2] = [Signal::new(), Signal::new()];

    #[dependency(teardown = close)]
    async fn left() -> u8 {
        BEGUN[0].give();
        BEGUN[1].wait().await;
        1
    }
    async fn close(_: Depends<left>, _: Outcome) {
        tokio::task::yield_now().await;
    }
    #[dependency]
    async fn right() -> u8 {
        BEGUN[1].give();
        BEGUN[0].wait().await;
        1
    }
    #[dependency]
    fn blocking() -> u8 {
        1
    }
    #[handler]
    async fn show(left: Depends<left>, right: Depends<right>, blocking: Depends<blocking>) -> u8 {
        *left + *right + *blocking
    }

    on_each_runtime(|| async {
        BEGUN.iter().for_each(Signal::reset);
        let explanations = Explanations::of_every(1);
        let app = App::builder().explain(explanations.clone()).build();
        let app = app.expect("nothing is set wrongly");
        assert_eq!(call_in(&app, show::handler).await, Ok(3));
        let trace = explanations.wait_for_next().await.to_chrome_trace();
        let events: Vec<serde_json::Value> = serde_json::from_str(&trace).expect("it is JSON");
        let kinds = |kind: &str| events.iter().filter(|event| event["ph"] == kind).count();
        // Three async nodes and a teardown, and one function on a thread.
        assert_eq!((kinds("b"), kinds("e"), kinds("X")), (4, 4, 1), "{trace}");
        let slices = events.iter().filter(|event| event["ph"] == "X");
        let slices: Vec<_> = slices
            .map(|slice| {
                let number = |key: &str| slice[key].as_f64().expect("a number");
                (
                    slice["tid"].clone(),
                    number("ts"),
                    number("ts") + number("dur"),
                )
            })
            .collect();
        for one in &slices {
            for other in slices.iter().filter(|other| other.0 == one.0) {
                let crosses = one.1 < other.1 && other.1 < one.2 && one.2 < other.2;
                assert!(!crosses, "{trace}");
            }
        }
    });
}

#[test]
fn all_who_sample_are_asked_and_told() {
    #[handler]
    async fn show() {}

    on_each_runtime(|| async {
        let [one, other] = [1, 2].map(Explanations::of_every);
        let builder = App::builder().explain(one.clone());
        let app = builder.explain(other.clone()).build();
        let app = app.expect("nothing is set wrongly");
        for _ in 0..4 {
            call_in(&app, show::handler).await.expect("no failure");
        }
        assert_eq!((one.last().len(), other.last().len()), (4, 2));
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
