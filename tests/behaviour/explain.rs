//! What is written down of a request, and when nothing is.

mod ends;
mod path;
mod samplers;

use hueless::explain::{ExplainedNode, Explanation, Explanations, Fate};
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

/// An app that writes every request down.
fn explaining(builder: AppBuilder) -> (App, Explanations) {
    let explanations = Explanations::of_every(1);
    let app = builder.explain(explanations.clone()).build();
    (app.expect("nothing is set wrongly"), explanations)
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
        let (app, explanations) = explaining(App::builder().seats(1));
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
        let (app, explanations) = explaining(App::builder());
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
