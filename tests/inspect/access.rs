//! Whom the inspector answers.

use axum::Router;
use axum::http::{Request, StatusCode};
use hueless::inspect::Inspector;

use crate::client::{fetch, local, send};
use crate::shop::{self, from};

const PATHS: [&str; 7] = [
    "/inspect",
    "/inspect/",
    "/inspect/state.json",
    "/inspect/handlers/0/state.json",
    "/inspect/handlers/0/graph.svg",
    "/inspect/explanations/0/waterfall.svg",
    "/inspect/nonsense",
];

/// That whoever asks so is refused everything, and told why.
async fn assert_refused(ask: impl Fn(&str) -> axum::http::request::Builder, why: &str) {
    let router = shop::inspected();
    fetch(&router, "/orders/1").await;
    for path in PATHS {
        let answer = send(&router, ask(path)).await;
        assert_eq!(answer.status, StatusCode::FORBIDDEN, "{path}");
        assert!(answer.body.contains(why), "{path}: {}", answer.body);
        assert!(
            !answer.body.contains("show_order"),
            "{path}: {}",
            answer.body
        );
        assert_eq!(answer.headers["cache-control"], "no-store", "{path}");
    }
}

#[tokio::test]
async fn clients_elsewhere_are_refused() {
    for client in [
        "192.0.2.1:1",
        "10.0.0.1:1",
        "[2001:db8::1]:1",
        "[::ffff:192.0.2.1]:1",
        "0.0.0.0:1",
    ] {
        let ask = |path: &str| {
            Request::get(path)
                .header("host", "localhost:3000")
                .extension(from(client))
        };
        assert_refused(ask, "on this machine only").await;
    }
}

#[tokio::test]
async fn who_may_be_anywhere_is_refused_and_told_what_to_do() {
    let ask = |path: &str| Request::get(path).header("host", "localhost:3000");
    assert_refused(ask, "into_make_service_with_connect_info").await;
}

#[tokio::test]
async fn a_foreign_name_for_this_machine_is_refused() {
    for host in [
        "evil.example",
        "evil.example:3000",
        "localhost.evil.example",
        "192.0.2.1",
        "a b",
        "",
    ] {
        let ask = |path: &str| {
            Request::get(path)
                .header("host", host)
                .extension(from("127.0.0.1:1"))
        };
        assert_refused(ask, "names of this machine").await;
    }
    let ask = |path: &str| Request::get(path).extension(from("127.0.0.1:1"));
    assert_refused(ask, "names of this machine").await;
    assert_refused(
        |path| local(path).header("host", "evil.example"),
        "names of this machine",
    )
    .await;
}

#[tokio::test]
async fn what_a_proxy_forwards_is_refused() {
    for name in [
        "forwarded",
        "x-forwarded-for",
        "x-forwarded-host",
        "x-real-ip",
    ] {
        assert_refused(
            |path| local(path).header(name, "127.0.0.1"),
            "forwarded by a proxy",
        )
        .await;
    }
}

#[tokio::test]
async fn the_pages_of_other_sites_are_refused() {
    for origin in [
        "https://evil.example",
        "http://localhost:4000",
        "null",
        "http://localhost:3000@evil.example",
    ] {
        assert_refused(|path| local(path).header("origin", origin), "other sites").await;
    }
    let own = local("/inspect/state.json").header("origin", "http://localhost:3000");
    assert_eq!(send(&shop::inspected(), own).await.status, StatusCode::OK);
}

#[tokio::test]
async fn this_machine_is_answered_under_each_of_its_names() {
    let router = shop::inspected();
    for (client, host) in [
        ("127.0.0.1:1", "localhost"),
        ("127.0.0.1:1", "LOCALHOST:3000"),
        ("127.8.8.8:1", "127.0.0.1:3000"),
        ("[::1]:1", "[::1]:3000"),
        ("[::ffff:127.0.0.1]:1", "127.0.0.1"),
    ] {
        let ask = Request::get("/inspect/state.json")
            .header("host", host)
            .extension(from(client));
        let answer = send(&router, ask).await;
        assert_eq!(
            answer.status,
            StatusCode::OK,
            "{client} {host}: {}",
            answer.body
        );
    }
}

fn guarded() -> Router {
    let app = shop::app();
    let inspector = Inspector::of(&app).guarded_by::<shop::operator>();
    shop::router(&app, inspector.into_router())
}

#[tokio::test]
async fn a_guard_is_asked_wherever_the_client_is() {
    let router = guarded();
    let elsewhere = |path: &str| Request::get(path).header("host", "shop.example");
    for path in PATHS {
        for (ask, status) in [
            (elsewhere(path), StatusCode::UNAUTHORIZED),
            (local(path), StatusCode::UNAUTHORIZED),
            (
                local(path).header("authorization", "Bearer guess"),
                StatusCode::FORBIDDEN,
            ),
        ] {
            let answer = send(&router, ask).await;
            assert_eq!(
                (answer.status, answer.body.as_str()),
                (status, ""),
                "{path}"
            );
            assert_eq!(answer.headers["cache-control"], "no-store", "{path}");
        }
    }
    let operator = elsewhere("/inspect/state.json").header("authorization", "Bearer secret");
    let state = send(&router, operator).await.json();
    assert_eq!(state["handlers"][0]["name"], "show_order");
    assert_eq!(
        state["handlers"].as_array().map(Vec::len),
        Some(1),
        "the guard is no handler"
    );
}

#[tokio::test]
async fn who_passes_the_guard_on_behalf_of_another_site_is_refused() {
    let ask = Request::get("/inspect/state.json")
        .header("host", "shop.example")
        .header("authorization", "Bearer secret")
        .header("origin", "https://evil.example");
    assert_eq!(send(&guarded(), ask).await.status, StatusCode::FORBIDDEN);
}
