//! What is where, and what is said where nothing is.

use axum::Router;
use axum::http::{Method, Request, StatusCode};
use hueless::{App, inspect};

use crate::client::{fetch, local, send, state_after};
use crate::shop;

#[tokio::test]
async fn the_page_is_where_the_router_is_nested_with_a_slash_or_without() {
    let router = shop::inspected();
    for path in ["/inspect", "/inspect/", "/inspect?from=a-bookmark"] {
        let page = fetch(&router, path).await;
        assert_eq!(page.status, StatusCode::OK, "{path}");
        assert_eq!(page.headers["content-type"], "text/html; charset=utf-8");
        assert!(page.body.starts_with("<!doctype html>"), "{path}");
    }
}

#[tokio::test]
async fn the_page_loads_nothing_from_elsewhere_and_runs_only_its_own_script() {
    let router = shop::inspected();
    let (page, again) = (
        fetch(&router, "/inspect").await,
        fetch(&router, "/inspect").await,
    );
    assert!(!page.body.contains("http://"), "{}", page.body);
    assert!(!page.body.contains("https://"), "{}", page.body);
    assert!(!page.body.contains("{nonce}"), "{}", page.body);
    let policy = page.headers["content-security-policy"].to_str().unwrap();
    assert!(
        policy.starts_with("default-src 'none'; script-src 'nonce-"),
        "{policy}"
    );
    assert!(!policy.contains("unsafe"), "{policy}");
    let nonce = policy.split('\'').nth(3).expect("a nonce");
    assert!(
        page.body
            .contains(&format!("<script nonce=\"{}\">", &nonce["nonce-".len()..]))
    );
    assert_ne!(
        page.headers["content-security-policy"],
        again.headers["content-security-policy"]
    );
}

#[tokio::test]
async fn nonsense_is_answered_with_what_there_is() {
    let router = shop::inspected();
    for (path, said) in [
        (
            "/inspect/handlers/+0/state.json",
            "no handler with this number",
        ),
        (
            "/inspect/handlers/00/graph.svg",
            "no handler with this number",
        ),
        (
            "/inspect/handlers/%FF/graph.svg",
            "no handler with this number",
        ),
        (
            "/inspect/handlers/1/state.json",
            "no handler with this number",
        ),
        (
            "/inspect/handlers/-1/graph.svg",
            "no handler with this number",
        ),
        (
            "/inspect/handlers/show_order/graph.svg",
            "no handler with this number",
        ),
        (
            "/inspect/handlers/99999999999999999999/graph.svg",
            "no handler with this number",
        ),
        (
            "/inspect/handlers/%3Cscript%3E/graph.svg",
            "no handler with this number",
        ),
        (
            "/inspect/handlers/..%2F..%2Fetc%2Fpasswd/graph.svg",
            "no handler with this number",
        ),
        (
            "/inspect/explanations/0/waterfall.svg",
            "No request is kept",
        ),
        ("/inspect/explanations/0x1/trace.json", "No request is kept"),
        ("/inspect/explanations/%00/trace.json", "No request is kept"),
        ("/inspect/explanations/%FF/trace.json", "No request is kept"),
        ("/inspect/explanations/+0/trace.json", "No request is kept"),
        ("/inspect/explanations/00/trace.json", "No request is kept"),
    ] {
        let answer = fetch(&router, path).await;
        assert_eq!(answer.status, StatusCode::NOT_FOUND, "{path}");
        assert!(answer.body.contains(said), "{path}: {}", answer.body);
        assert_eq!(
            answer.headers["content-type"], "text/plain; charset=utf-8",
            "{path}"
        );
        assert_eq!(
            answer.headers["x-content-type-options"], "nosniff",
            "{path}"
        );
        assert!(!answer.body.contains("script"), "{path}: {}", answer.body);
    }
    for path in [
        "/inspect/nonsense",
        "/inspect/state.json/",
        "/inspect/handlers",
        "/inspect/handlers/0",
        "/inspect/handlers/0/nonsense",
    ] {
        let answer = fetch(&router, path).await;
        assert_eq!(
            (answer.status, answer.body.as_str()),
            (StatusCode::NOT_FOUND, ""),
            "{path}"
        );
    }
}

#[tokio::test]
async fn a_request_for_the_head_alone_gets_it_without_a_body() {
    let router = shop::inspected();
    fetch(&router, "/orders/1").await;
    state_after(&router, 1).await;
    for path in [
        "/inspect",
        "/inspect/state.json",
        "/inspect/handlers/0/state.json",
        "/inspect/handlers/0/graph.svg",
        "/inspect/explanations/0/waterfall.svg",
        "/inspect/explanations/0/trace.json",
    ] {
        let whole = fetch(&router, path).await;
        let head = send(&router, local(path).method(Method::HEAD)).await;
        assert_eq!(
            (head.status, head.body.as_str()),
            (StatusCode::OK, ""),
            "{path}"
        );
        for name in ["content-type", "cache-control"] {
            assert_eq!(head.headers[name], whole.headers[name], "{path}");
        }
    }
}

#[tokio::test]
async fn nothing_can_be_changed() {
    let router = shop::inspected();
    for method in [Method::POST, Method::PUT, Method::DELETE, Method::PATCH] {
        for path in [
            "/inspect",
            "/inspect/state.json",
            "/inspect/handlers/0/graph.svg",
        ] {
            let answer = send(&router, local(path).method(method.clone())).await;
            assert_eq!(
                answer.status,
                StatusCode::METHOD_NOT_ALLOWED,
                "{method} {path}"
            );
        }
    }
}

#[tokio::test]
async fn it_may_be_the_whole_router_and_leaves_the_routes_beside_it_alone() {
    let app = App::new();
    let nested: Router<u8> = Router::new().nest("/inspect", inspect::router(&app));
    let nested = nested.with_state(7);
    assert_eq!(fetch(&nested, "/inspect").await.status, StatusCode::OK);

    let alone: Router = inspect::router(&app);
    assert_eq!(fetch(&alone, "/").await.status, StatusCode::OK);
    assert_eq!(fetch(&alone, "/state.json").await.status, StatusCode::OK);

    let router = shop::inspected();
    let beside = fetch(&router, "/nonsense").await;
    assert_eq!(
        (beside.status, beside.body.as_str()),
        (StatusCode::NOT_FOUND, "")
    );
}

#[tokio::test]
async fn a_router_that_it_is_merged_into_keeps_its_own_answer_to_what_it_does_not_have() {
    let stranger = |path: &str| Request::get(path).header("host", "shop.example");
    let merged = Router::new().merge(inspect::router(&App::new()));
    for ask in [local("/nonsense"), stranger("/nonsense")] {
        let answer = send(&merged, ask).await;
        assert_eq!(
            (answer.status, answer.body.as_str()),
            (StatusCode::NOT_FOUND, "")
        );
    }
    assert_eq!(fetch(&merged, "/").await.status, StatusCode::OK);
    let refused = send(&merged, stranger("/")).await;
    assert_eq!(refused.status, StatusCode::FORBIDDEN);

    let own = Router::new().fallback(|| async { "its own" });
    let merged = own.merge(inspect::router(&App::new()));
    assert_eq!(send(&merged, stranger("/nonsense")).await.body, "its own");
}

#[tokio::test]
async fn the_path_that_it_is_nested_at_may_have_parameters() {
    let app = shop::app();
    let router = Router::new().nest("/tenants/{tenant}/inspect", inspect::router(&app));
    for (path, status) in [
        ("/tenants/7/inspect/handlers/0/graph.svg", StatusCode::OK),
        (
            "/tenants/0/inspect/handlers/7/graph.svg",
            StatusCode::NOT_FOUND,
        ),
    ] {
        assert_eq!(fetch(&router, path).await.status, status, "{path}");
    }
}

#[tokio::test]
async fn an_app_without_handlers_is_told_of_too() {
    let app = App::new();
    let router: Router = inspect::router(&app);
    let state = fetch(&router, "/state.json").await.json();
    assert_eq!(state["handlers"], serde_json::json!([]));
}
