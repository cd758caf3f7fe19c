//! The page in a real browser. Runs where `HUELESS_CHROMEDRIVER` names a chromedriver, which
//! `.ci/browser` sees to; pictures of it go to the folder that `HUELESS_SCREENSHOTS` names.

use std::fs;
use std::net::SocketAddr;
use std::path::PathBuf;
use std::sync::{Arc, Mutex};

use axum::Router;
use axum::extract::Request;
use hueless::{App, inspect};
use serde_json::Value;
use tokio::net::TcpListener;
use tower::ServiceExt;

use crate::client::{fetch, state_after};
use crate::driver::Browser;
use crate::shop;

/// A server on a port of its own, for as long as the test runs.
struct Server {
    address: SocketAddr,
    router: Arc<Mutex<Router>>,
}

impl Server {
    async fn start(router: Router) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("a port");
        let address = listener.local_addr().expect("an address");
        let router = Arc::new(Mutex::new(router));
        let answering = Arc::clone(&router);
        let service = Router::new().fallback(move |request: Request| {
            answering.lock().expect("no panic").clone().oneshot(request)
        });
        let service = service.into_make_service_with_connect_info::<SocketAddr>();
        tokio::spawn(async move { axum::serve(listener, service).await });
        Self { address, router }
    }

    /// As if the server was stopped, and another process answers at the same port.
    fn restart_as(&self, router: Router) {
        *self.router.lock().expect("no panic") = router;
    }
}

/// The shop after a restart: its handlers and requests have the numbers that others had before.
async fn restarted() -> Router {
    let app = App::new();
    let router = shop::router(&app, inspect::router(&app));
    for path in ["/orders/13", "/slow"] {
        fetch(&router, path).await;
    }
    state_after(&router, 2).await;
    router
}

fn keep(name: &str, picture: Vec<u8>) {
    if let Some(folder) = std::env::var_os("HUELESS_SCREENSHOTS") {
        let path = PathBuf::from(folder).join(format!("inspect-{name}.png"));
        fs::write(&path, picture).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
    }
}

/// Asks the shop for something, whatever it answers.
fn ask_for(address: SocketAddr, path: &str) {
    let config = ureq::Agent::config_builder().http_status_as_error(false);
    let agent: ureq::Agent = config.build().into();
    let url = format!("http://{address}{path}");
    agent.get(&url).call().expect("an answer");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_handler_is_clicked_its_graph_is_seen_and_its_count_moves() {
    let Ok(chromedriver) = std::env::var("HUELESS_CHROMEDRIVER") else {
        println!("skipped: HUELESS_CHROMEDRIVER names no chromedriver; see .ci/browser");
        return;
    };
    let server = Server::start(shop::inspected()).await;
    let restarted = restarted().await;
    let look = move || look(&chromedriver, &server, restarted);
    tokio::task::spawn_blocking(look)
        .await
        .expect("it looks as it should");
}

fn look(chromedriver: &str, server: &Server, restarted: Router) {
    let address = server.address;
    let browser = Browser::start(chromedriver);
    browser.screen(1280, "light");
    browser.go(&format!("http://{address}/inspect"));
    browser.wait_until(IS_LIVE);
    browser.wait_until("document.querySelectorAll('#handlers tr').length === 1");
    assert_eq!(
        browser.eval("document.getElementById('detail').hidden"),
        true
    );

    browser.click("#handlers a");
    browser.wait_until("!document.getElementById('detail').hidden");
    browser.wait_until("document.getElementById('graph').naturalWidth > 100");
    browser.wait_until("document.getElementById('tree').textContent.includes('weather')");
    assert_eq!(browser.eval(COUNT), "0");
    keep("before", browser.picture());

    for order in [1, 2, 3, 4, 5, 6, 13] {
        ask_for(address, &format!("/orders/{order}"));
    }
    browser.wait_until(&format!("{COUNT} === '7'"));
    browser.wait_until("document.getElementById('waterfall').naturalWidth > 100");
    browser.wait_until("document.querySelectorAll('#requests tr').length === 7");
    browser.click("#requests tr:nth-child(2) button");
    browser.wait_until(
        "document.querySelector('#requests tr:nth-child(2) button').ariaPressed === 'true'",
    );
    ask_for(address, "/lists");
    ask_for(address, "/slow");
    browser.wait_until("document.querySelectorAll('#handlers tr').length === 3");
    // The handler that is chosen stays so.
    browser.wait_until(
        "document.querySelector('#handlers [aria-current]').textContent === 'show_order'",
    );

    for scheme in ["light", "dark"] {
        browser.screen(1280, scheme);
        browser.wait_until("innerWidth === 1280");
        let end = browser
            .eval("document.querySelector('figcaption').getBoundingClientRect().bottom + scrollY");
        let end = end.as_f64().expect("a length");
        keep(scheme, browser.top(1280, end.ceil() as u32));
        for width in [1280, 700, 400] {
            browser.screen(width, scheme);
            browser.wait_until(&format!("innerWidth === {width}"));
            browser.wait_until(IS_SETTLED);
            keep(&format!("{scheme}-{width}"), browser.picture());
            let is_within = "document.documentElement.scrollWidth <= innerWidth";
            assert_eq!(
                browser.eval(is_within),
                true,
                "the page is wider than {width}"
            );
        }
    }

    assert_eq!(browser.eval(ASKED_ELSEWHERE), Value::Array(Vec::new()));

    for (load, fragment) in FRAGMENTS.iter().enumerate() {
        // Not the same document with another fragment: it is loaded with this one.
        browser.go(&format!("http://{address}/inspect?{load}#{fragment}"));
        browser.wait_until(IS_LIVE);
        assert_eq!(
            browser.eval("document.getElementById('detail').hidden"),
            true,
            "{fragment}"
        );
        browser.click("#handlers a");
        browser.wait_until("!document.getElementById('detail').hidden");
    }
    assert_eq!(browser.complaints(), Vec::<Value>::new());

    restart(&browser, server, restarted);
}

/// What is written behind the `#` need not be written by the page.
const FRAGMENTS: [&str; 7] = [
    "nonsense%20name",
    "100%",
    "%",
    "%FF",
    "%ED%A0%80",
    "__proto__",
    "%3Cimg%20src=x%3E",
];

fn restart(browser: &Browser, server: &Server, restarted: Router) {
    browser.wait_until("document.querySelectorAll('#requests tr').length === 7");
    // Its handler and it have the same numbers in the server that follows.
    browser.click("#requests tr:last-child button");
    let pictures =
        "[document.getElementById('graph').src, document.getElementById('waterfall').src]";
    let before = browser.eval(pictures);
    server.restart_as(restarted);
    browser.wait_until("document.querySelectorAll('#requests tr').length === 1");
    browser.wait_until(IS_LIVE);
    let names = "[...document.querySelectorAll('#handlers a')].map((link) => link.textContent)";
    assert_eq!(
        browser.eval(names),
        serde_json::json!(["show_order", "slow"])
    );
    // The handler that is chosen stays so.
    let chosen = "document.querySelector('#handlers [aria-current]').textContent";
    assert_eq!(browser.eval(chosen), "show_order");
    assert_eq!(
        browser.eval("document.querySelector('#requests td').textContent"),
        "failed"
    );
    browser.wait_until("document.getElementById('waterfall').naturalWidth > 100");
    let after = browser.eval(pictures);
    for (before, after) in [(&before[0], &after[0]), (&before[1], &after[1])] {
        assert_ne!(before, after, "the picture of the server before stays");
    }
    browser.click("#handlers tr:nth-child(2) a");
    browser.wait_until("document.getElementById('detail-title').textContent === 'slow'");
}

const IS_LIVE: &str = "document.getElementById('status').textContent === 'live'";

/// The pictures are there, and boxes know whether they hide something.
const IS_SETTLED: &str = "[...document.images].every((it) => it.complete && it.naturalWidth > 100) \
    && [...document.querySelectorAll('.scroll')].every((it) => \
        it.classList.contains('more-right') === it.scrollLeft < it.scrollWidth - it.clientWidth - 1)";

/// What the page has asked for that is not at its own server.
const ASKED_ELSEWHERE: &str = "performance.getEntriesByType('resource').map((it) => it.name) \
    .filter((name) => !name.startsWith(location.origin) && !name.startsWith('data:'))";

/// How many requests the first handler has had.
const COUNT: &str = "document.querySelector('#handlers .requests').textContent";
