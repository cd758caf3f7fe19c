//! Whom the inspector answers.

use axum::Router;
use axum::http::request::Builder;
use axum::http::{Request, StatusCode};
use hueless::inspect::Inspector;

use crate::client::{fetch, local, send};
use crate::log::Log;
use crate::shop::{self, from};

const PATHS: [&str; 6] = [
    "/inspect",
    "/inspect/",
    "/inspect/state.json",
    "/inspect/handlers/0/state.json",
    "/inspect/handlers/0/graph.svg",
    "/inspect/explanations/0/waterfall.svg",
];

/// That whoever asks so is refused everything, and told nothing.
async fn assert_refused(ask: impl Fn(&str) -> Builder) {
    let router = shop::inspected();
    fetch(&router, "/orders/1").await;
    for path in PATHS {
        let answer = send(&router, ask(path)).await;
        assert_eq!(answer.status, StatusCode::FORBIDDEN, "{path}");
        assert_eq!(answer.body, "forbidden\n", "{path}");
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
        assert_refused(ask).await;
    }
}

#[tokio::test]
async fn who_may_be_anywhere_is_refused() {
    let ask = |path: &str| Request::get(path).header("host", "localhost:3000");
    assert_refused(ask).await;
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
        "evil@localhost",
        "evil.example@localhost:3000",
        "localhost@evil.example",
        "localhost:",
        "localhost:evil",
        "localhost:+1",
        "localhost:65536",
        "localhost:3000:3000",
        "localhost.",
        "localhost/",
        "127.0.0.1.evil.example",
        "0177.0.0.1",
        "0.0.0.0",
        "[::1",
        "[::1]evil.example",
        "[::1]:",
        "[2001:db8::1]",
        "::1",
        "localhost, evil.example",
    ] {
        let ask = |path: &str| {
            Request::get(path)
                .header("host", host)
                .extension(from("127.0.0.1:1"))
        };
        assert_refused(ask).await;
    }
    let ask = |path: &str| Request::get(path).extension(from("127.0.0.1:1"));
    assert_refused(ask).await;
    assert_refused(|path| local(path).header("host", "evil.example")).await;
}

#[tokio::test]
async fn a_foreign_name_in_the_address_is_refused_whatever_the_host_says() {
    for name in ["evil.example", "evil@localhost:3000", "192.0.2.1:3000"] {
        assert_refused(|path| local(&format!("http://{name}{path}"))).await;
    }
    let router = shop::inspected();
    let own = local("http://localhost:3000/inspect/state.json");
    assert_eq!(send(&router, own).await.status, StatusCode::OK);
    // HTTP/2 says it there alone.
    let own = Request::get("http://[::1]:3000/inspect/state.json").extension(from("[::1]:1"));
    assert_eq!(send(&router, own).await.status, StatusCode::OK);
}

#[tokio::test]
async fn what_a_proxy_forwards_is_refused() {
    for name in [
        "cdn-loop",
        "cf-connecting-ip",
        "cf-ray",
        "client-ip",
        "fastly-client-ip",
        "fly-client-ip",
        "forwarded",
        "true-client-ip",
        "via",
        "x-azure-clientip",
        "x-client-ip",
        "x-cluster-client-ip",
        "x-envoy-external-address",
        "x-forwarded",
        "x-forwarded-for",
        "x-forwarded-host",
        "x-forwarded-port",
        "x-forwarded-prefix",
        "x-forwarded-proto",
        "x-forwarded-server",
        "x-original-forwarded-for",
        "x-original-host",
        "x-real-ip",
    ] {
        assert_refused(|path| local(path).header(name, "127.0.0.1")).await;
    }
    assert_refused(|path| local(path).header("via", "")).await;
}

#[tokio::test]
async fn the_pages_of_other_sites_are_refused() {
    for origin in [
        "https://evil.example",
        "http://localhost:4000",
        "null",
        "http://localhost:3000@evil.example",
    ] {
        assert_refused(|path| local(path).header("origin", origin)).await;
    }
    let own = local("/inspect/state.json").header("origin", "http://localhost:3000");
    assert_eq!(send(&shop::inspected(), own).await.status, StatusCode::OK);
}

#[tokio::test]
async fn what_a_browser_fetches_for_another_site_is_refused() {
    let fetched = |path: &str, site: &str, mode: &str, dest: &str| {
        local(path)
            .header("sec-fetch-site", site)
            .header("sec-fetch-mode", mode)
            .header("sec-fetch-dest", dest)
    };
    for site in ["cross-site", "same-site", "anything"] {
        assert_refused(|path| local(path).header("sec-fetch-site", site)).await;
        for (mode, dest) in [
            ("no-cors", "image"),
            ("cors", "empty"),
            ("navigate", "iframe"),
        ] {
            assert_refused(|path| fetched(path, site, mode, dest)).await;
        }
    }
    let router = shop::inspected();
    for (site, mode, dest) in [
        ("none", "navigate", "document"),
        ("same-origin", "cors", "empty"),
        ("same-origin", "no-cors", "image"),
        // A link is followed.
        ("cross-site", "navigate", "document"),
    ] {
        let ask = fetched("/inspect/state.json", site, mode, dest);
        assert_eq!(send(&router, ask).await.status, StatusCode::OK, "{site}");
    }
}

#[tokio::test]
async fn the_log_says_once_why_and_what_to_do() {
    let (log, _listening) = Log::listen();
    let router = shop::inspected();
    for (ask, said) in [
        (
            || Request::get("/inspect").header("host", "localhost"),
            "`into_make_service_with_connect_info::<SocketAddr>()`",
        ),
        (
            || Request::get("/inspect").extension(from("192.0.2.1:1")),
            "on another machine; to let others in",
        ),
        (
            || local("/inspect").header("via", "1.1 proxy"),
            "that a proxy has forwarded",
        ),
        (
            || local("/inspect").header("host", "evil.example"),
            "ask for `localhost` or `127.0.0.1`",
        ),
        (
            || local("/inspect").header("origin", "https://evil.example"),
            "another site's page",
        ),
    ] as [(fn() -> Builder, &str); 5]
    {
        send(&router, ask()).await;
        send(&router, ask()).await;
        let [message] = log.take().try_into().expect("it says it once");
        assert!(
            message.starts_with("WARN the inspector refused"),
            "{message}"
        );
        assert!(message.contains(said), "{message}");
    }
    send(&router, local("/inspect")).await;
    assert_eq!(log.take(), Vec::<String>::new());
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
async fn a_guard_may_read_the_state_of_a_router() {
    let app = shop::app();
    let secret = shop::Secret("Bearer other".to_owned());
    let inspector = Inspector::of(&app).guarded_by_with_state::<shop::holder, _>(secret);
    let router = shop::router(&app, inspector.into_router());
    for (token, status) in [
        ("Bearer secret", StatusCode::FORBIDDEN),
        ("Bearer other", StatusCode::OK),
    ] {
        let ask = Request::get("/inspect/state.json")
            .header("host", "shop.example")
            .header("authorization", token);
        assert_eq!(send(&router, ask).await.status, status, "{token}");
    }
}

#[tokio::test]
async fn who_passes_the_guard_on_behalf_of_another_site_is_refused() {
    let ask = Request::get("/inspect/state.json")
        .header("host", "shop.example")
        .header("authorization", "Bearer secret")
        .header("origin", "https://evil.example");
    assert_eq!(send(&guarded(), ask).await.status, StatusCode::FORBIDDEN);
}
