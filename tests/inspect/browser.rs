//! The page in a real browser. Runs where `HUELESS_CHROMEDRIVER` names a chromedriver, which
//! `.ci/browser` sees to; pictures of it go to the folder that `HUELESS_SCREENSHOTS` names.

use std::fs;
use std::net::SocketAddr;
use std::path::PathBuf;

use tokio::net::TcpListener;

use crate::driver::Browser;
use crate::shop;

/// Serves the shop on a port of its own, for as long as the test runs.
async fn serve() -> SocketAddr {
    let listener = TcpListener::bind("127.0.0.1:0").await.expect("a port");
    let address = listener.local_addr().expect("an address");
    let service = shop::inspected().into_make_service_with_connect_info::<SocketAddr>();
    tokio::spawn(async move { axum::serve(listener, service).await });
    address
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
    let address = serve().await;
    let look = move || look(&chromedriver, address);
    tokio::task::spawn_blocking(look)
        .await
        .expect("it looks as it should");
}

fn look(chromedriver: &str, address: SocketAddr) {
    let browser = Browser::start(chromedriver);
    browser.screen(1280, "light");
    browser.go(&format!("http://{address}/inspect"));
    browser.wait_until("document.getElementById('status').textContent === 'live'");
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
        for width in [1280, 400] {
            browser.screen(width, scheme);
            browser.wait_until(&format!("innerWidth === {width}"));
            keep(&format!("{scheme}-{width}"), browser.picture());
            let is_within = "document.documentElement.scrollWidth <= innerWidth";
            assert_eq!(
                browser.eval(is_within),
                true,
                "the page is wider than {width}"
            );
        }
    }

    browser.go(&format!("http://{address}/inspect#nonsense%20name"));
    browser.wait_until("document.getElementById('detail').hidden");
    assert_eq!(browser.complaints(), Vec::<serde_json::Value>::new());
}

/// How many requests the first handler has had.
const COUNT: &str = "document.querySelector('#handlers .requests').textContent";
