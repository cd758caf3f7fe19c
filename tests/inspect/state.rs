//! What the inspector tells.

use axum::Router;
use axum::http::StatusCode;
use hueless::explain::Explanations;
use hueless::inspect::Inspector;
use hueless::{App, inspect};
use serde_json::{Value, json};

use crate::client::{fetch, state_after};
use crate::shop;

fn handler<'a>(state: &'a Value, name: &str) -> &'a Value {
    let handlers = state["handlers"].as_array().expect("a list");
    let found = handlers.iter().find(|handler| handler["name"] == name);
    found.unwrap_or_else(|| panic!("no `{name}` in {state:#}"))
}

async fn detail(router: &Router, handler: &Value) -> Value {
    let path = format!("/inspect/handlers/{}/state.json", handler["number"]);
    fetch(router, &path).await.json()
}

#[tokio::test]
async fn a_handler_that_is_served_is_there_from_the_start_and_others_from_their_first_request() {
    let router = shop::inspected();
    let names = |state: Value| -> Vec<Value> {
        let handlers = state["handlers"].as_array().expect("a list");
        handlers.iter().map(|it| it["name"].clone()).collect()
    };
    assert_eq!(names(state_after(&router, 0).await), ["show_order"]);
    fetch(&router, "/slow").await;
    assert_eq!(names(state_after(&router, 1).await), ["show_order", "slow"]);
}

#[tokio::test]
async fn requests_are_counted_with_how_they_ended() {
    let router = shop::inspected();
    for path in ["/orders/1", "/orders/2", "/orders/13", "/orders/x"] {
        fetch(&router, path).await;
    }
    let state = state_after(&router, 4).await;
    let show = handler(&state, "show_order");
    assert_eq!(show["requests"], 4);
    assert_eq!(
        show["explained"],
        json!({"completed": 2, "failed": 2, "cancelled": 0, "panicked": 0, "refused": 0})
    );
    assert_eq!(show["answered"]["count"], 4);
    assert_eq!(
        show["present"],
        json!({"running": 0, "teardown": 0, "responding": 0, "after_response": 0})
    );
    assert_eq!(show["context"], "Http<()>");
    let place = show["place"].as_str().expect("text");
    assert!(place.contains("inspect/shop.rs:"), "{place}");
    assert_eq!(state["app"]["seats"], 0);
    assert_eq!(state["app"]["seats_at_most"], 4096);
    assert_eq!(state["app"]["overloads"], 0);
    assert!(
        state["app"]["hops"].as_u64().expect("a count") >= 2,
        "{state:#}"
    );
}

#[tokio::test]
async fn a_request_that_is_turned_away_is_refused() {
    let app = shop::app();
    let router = shop::router(&app, inspect::router(&app));
    fetch(&router, "/orders/1").await;
    let ended = app.shutdown(std::time::Duration::from_secs(20)).await;
    ended.expect("nothing goes on");
    let late = fetch(&router, "/orders/1").await;
    assert_eq!(late.status, StatusCode::SERVICE_UNAVAILABLE);
    let state = state_after(&router, 2).await;
    let show = handler(&state, "show_order");
    assert_eq!(
        (&show["requests"], &show["answered"]["count"]),
        (&json!(2), &json!(2))
    );
    assert_eq!(
        show["explained"],
        json!({"completed": 1, "failed": 0, "cancelled": 0, "panicked": 0, "refused": 1})
    );
    let last = &detail(&router, show).await["explanations"][0];
    assert_eq!(last["outcome"], "refused");
}

#[tokio::test]
async fn a_handler_is_told_node_by_node() {
    let router = shop::inspected();
    fetch(&router, "/orders/1").await;
    fetch(&router, "/orders/2").await;
    let state = state_after(&router, 2).await;
    let show = detail(&router, handler(&state, "show_order")).await;
    let nodes = show["nodes"].as_array().expect("a list");
    let names: Vec<_> = nodes.iter().map(|node| node["name"].clone()).collect();
    for name in ["config", "db", "user", "weather", "show_order"] {
        assert!(names.contains(&name.into()), "{name} is not in {names:?}");
    }
    let db = nodes
        .iter()
        .find(|node| node["name"] == "db")
        .expect("it is there");
    assert_eq!(db["colour"], "plain");
    assert_eq!(db["made"], 2);
    assert_eq!(db["queued"]["count"], 2);
    // It sleeps for three milliseconds.
    assert!(
        db["ran"]["p50_us"].as_f64().expect("a time") >= 3_000.0,
        "{db:#}"
    );
    let tree = show["tree"].as_str().expect("text");
    assert!(tree.starts_with("show_order (plain)\n"), "{tree}");
}

#[tokio::test]
async fn graphs_and_requests_are_drawn() {
    let router = shop::inspected();
    fetch(&router, "/orders/1").await;
    let state = state_after(&router, 1).await;
    let show = handler(&state, "show_order");
    let graph = fetch(
        &router,
        &format!("/inspect/handlers/{}/graph.svg", show["number"]),
    )
    .await;
    assert_eq!(graph.headers["content-type"], "image/svg+xml");
    assert!(graph.body.starts_with("<svg"), "{}", graph.body);
    assert!(graph.body.contains("weather"), "{}", graph.body);

    let last = detail(&router, show).await["explanations"][0].clone();
    assert_eq!(last["outcome"], "completed");
    let path = format!("/inspect/explanations/{}", last["number"]);
    let waterfall = fetch(&router, &format!("{path}/waterfall.svg")).await;
    assert_eq!(waterfall.headers["content-type"], "image/svg+xml");
    assert!(waterfall.body.contains("weather"), "{}", waterfall.body);
    let trace = fetch(&router, &format!("{path}/trace.json")).await.json();
    let events = trace.as_array().expect("a list");
    assert!(
        events.iter().any(|event| event["name"] == "weather"),
        "{trace:#}"
    );
}

#[tokio::test]
async fn so_many_requests_are_kept_and_the_oldest_go() {
    let router = shop::inspected();
    for _ in 0..20 {
        fetch(&router, "/lists").await;
    }
    let state = state_after(&router, 20).await;
    let list = detail(&router, handler(&state, "list<Vec<Option<u8>>>")).await;
    let kept = list["explanations"].as_array().expect("a list");
    assert_eq!(kept.len(), 16);
    let number = |request: &Value| request["number"].as_u64().expect("a number");
    assert!(kept.is_sorted_by(|newer, older| number(newer) > number(older)));
    let gone = fetch(&router, "/inspect/explanations/0/waterfall.svg").await;
    assert_eq!(gone.status, StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn names_that_mean_something_in_markup_stay_names() {
    let router = shop::inspected();
    fetch(&router, "/lists").await;
    let state = state_after(&router, 1).await;
    let list = handler(&state, "list<Vec<Option<u8>>>");
    let graph = fetch(
        &router,
        &format!("/inspect/handlers/{}/graph.svg", list["number"]),
    )
    .await;
    assert!(
        graph.body.contains("list&lt;Vec&lt;Option&lt;u8"),
        "{}",
        graph.body
    );
    assert!(!graph.body.contains("list<Vec"), "{}", graph.body);
    let page = fetch(&router, "/inspect").await;
    assert!(!page.body.contains("list<"), "a name is in the page itself");
}

#[tokio::test]
async fn what_holds_a_thread_of_the_executor_is_counted_each_time() {
    let router = shop::inspected();
    for _ in 0..3 {
        fetch(&router, "/slow").await;
    }
    let state = state_after(&router, 3).await;
    let slow = handler(&state, "slow");
    assert_eq!(slow["slow_polls"], 3);
    assert_eq!(detail(&router, slow).await["nodes"][0]["slow_polls"], 3);
}

#[tokio::test]
async fn where_nobody_looks_for_slow_nodes_there_is_no_count() {
    let app = App::builder().slow_poll(None).build().unwrap();
    let router = shop::router(&app, inspect::router(&app));
    fetch(&router, "/slow").await;
    let state = state_after(&router, 1).await;
    assert_eq!(handler(&state, "slow")["slow_polls"], Value::Null);
}

#[tokio::test]
async fn one_request_in_so_many_is_written_down_and_all_are_counted() {
    for (one_in, written_down) in [(1, 7), (3, 3), (100, 1), (0, 0)] {
        let app = shop::app();
        let router = shop::router(&app, Inspector::of(&app).one_in(one_in).into_router());
        for _ in 0..7 {
            fetch(&router, "/slow").await;
        }
        let state = state_after(&router, written_down).await;
        assert_eq!(handler(&state, "slow")["requests"], 7);
        assert_eq!(state["one_in"], one_in);
    }
}

#[tokio::test]
async fn a_sampler_of_the_app_gets_its_own_as_well() {
    let explanations = Explanations::of_every(2);
    let app = App::builder()
        .explain(explanations.clone())
        .build()
        .unwrap();
    let router = shop::router(&app, inspect::router(&app));
    for _ in 0..4 {
        fetch(&router, "/slow").await;
    }
    state_after(&router, 4).await;
    assert_eq!(explanations.last().len(), 2);
}

#[tokio::test]
async fn nothing_is_counted_before_there_is_an_inspector() {
    let app = shop::app();
    let router = shop::router(&app, Router::new());
    fetch(&router, "/slow").await;
    let router = shop::router(&app, inspect::router(&app));
    assert_eq!(
        handler(&state_after(&router, 0).await, "slow")["requests"],
        0
    );
    fetch(&router, "/slow").await;
    assert_eq!(
        handler(&state_after(&router, 1).await, "slow")["requests"],
        1
    );
}

#[tokio::test]
async fn two_apps_tell_of_their_own_requests() {
    let (one, other) = (shop::inspected(), shop::inspected());
    fetch(&one, "/orders/1").await;
    assert_eq!(
        handler(&state_after(&one, 1).await, "show_order")["requests"],
        1
    );
    assert_eq!(
        handler(&state_after(&other, 0).await, "show_order")["requests"],
        0
    );
}
