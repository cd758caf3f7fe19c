//! The same handlers run in axum, in a call and behind a server for lines, and answer the same.

mod application;
mod readings;
mod runners;

use hueless::App;

use application::{add, count_names, greet, greet_blocking, owner, total};
use readings::Asked;
use runners::{Answer, Runners};

fn ok(answer: &str) -> Answer {
    Ok(answer.to_owned())
}

fn refused(answer: &str) -> Answer {
    Err(answer.to_owned())
}

/// Asks a handler in every context, and expects the same of all.
macro_rules! assert_everywhere {
    ($runners:expr, $handler:ident, $asked:expr, $expected:expr) => {
        let (runners, asked, expected): (&Runners, Asked, Answer) = ($runners, $asked, $expected);
        let name = stringify!($handler);
        let called = runners.call($handler::handler, &asked).await;
        assert_eq!(called, expected, "{name} in a call");
        let over_http = runners.http(name, &asked).await;
        assert_eq!(over_http, expected, "{name} over HTTP");
        let over_lines = runners.line(name, &asked).await;
        assert_eq!(over_lines, expected, "{name} over lines");
    };
}

#[tokio::test]
async fn a_value_is_the_same_whatever_the_colour() {
    let runners = Runners::start(&App::new()).await;
    let asked = Asked::by("ada").number(1);
    assert_everywhere!(&runners, greet, asked, ok("ada greets Grace"));
    let asked = Asked::by("ada").number(1);
    assert_everywhere!(&runners, greet_blocking, asked, ok("ada greets Grace"));
    let asked = Asked::by("ada").number(40);
    assert_everywhere!(&runners, total, asked, ok("42"));
}

#[tokio::test]
async fn the_error_of_a_dependency_is_the_same() {
    let runners = Runners::start(&App::new()).await;
    let asked = Asked::by("ada").number(7);
    assert_everywhere!(&runners, greet, asked, refused("there is no name 7"));
    let asked = Asked::by("eve").number(1);
    let denied = "eve is not welcome";
    assert_everywhere!(&runners, greet, asked, refused(denied));
    let asked = Asked::by("eve").number(7);
    assert_everywhere!(&runners, greet_blocking, asked, refused(denied));
}

#[tokio::test]
async fn the_error_of_a_handler_is_the_same() {
    let runners = Runners::start(&App::new()).await;
    let asked = Asked::by("grace").number(1);
    assert_everywhere!(&runners, owner, asked, refused("grace is not welcome"));
    let asked = Asked::by("ada").number(1);
    assert_everywhere!(&runners, owner, asked, ok("ada"));
}

#[tokio::test]
async fn what_cannot_be_read_is_refused_in_the_words_of_the_type() {
    let runners = Runners::start(&App::new()).await;
    let asked = Asked::by("ada");
    assert_everywhere!(&runners, greet, asked, refused("no number was given"));
}

#[tokio::test]
async fn one_app_serves_all_contexts_with_one_singleton() {
    let runners = Runners::start(&App::new()).await;
    assert_everywhere!(&runners, count_names, Asked::by("ada"), ok("2"));
    let asked = Asked::by("ada").text("Edsger");
    assert_eq!(runners.call(add::handler, &asked).await, ok("3"));
    assert_eq!(runners.http("add", &asked).await, ok("4"));
    assert_eq!(runners.line("add", &asked).await, ok("5"));
    assert_everywhere!(&runners, count_names, Asked::by("ada"), ok("5"));
}
