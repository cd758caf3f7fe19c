//! What is made of a recording: times, the path that mattered, and the three ways to look at it.

use std::sync::Arc;
use std::time::{Duration, SystemTime};

use expect_test::expect;

use super::{ExplainedEnding, ExplainedNode, Explanation, Fate};
use crate::meta::{Colour, Place};
use crate::outcome::Outcome;

const PLACE: Place = Place {
    module: "shop",
    file: "src/shop.rs",
    line: 7,
    column: 1,
};

fn micros(time: u64) -> Duration {
    Duration::from_micros(time)
}

fn node(name: &'static str, colour: Colour, times: Option<[u64; 3]>) -> ExplainedNode {
    ExplainedNode {
        name,
        label: Arc::from(name),
        place: PLACE,
        colour,
        fate: times.map_or(Fate::Skipped, |_| Fate::Made),
        ready: times.map(|[ready, ..]| micros(ready)),
        began: times.map(|[_, began, _]| micros(began)),
        ended: times.map(|[.., ended]| micros(ended)),
        busy: times.map_or(Duration::ZERO, |[_, began, ended]| micros(ended - began)),
        thread: times.map(|_| Arc::from("tokio-rt-worker")),
        hop: None,
        inputs: Arc::from([]),
        waited_for: None,
        teardown: None,
        after_response: None,
    }
}

/// A query on a thread beside a fetch, and a page of both.
fn explanation() -> Explanation {
    let thread = Arc::<str>::from("hueless");
    let nodes = [
        ExplainedNode {
            thread: Some(Arc::clone(&thread)),
            hop: Some(1),
            teardown: Some(ExplainedEnding {
                began: micros(4_100),
                ended: micros(4_300),
                thread,
                is_plain: true,
            }),
            ..node("query", Colour::Plain, Some([0, 250, 2_000]))
        },
        ExplainedNode {
            busy: micros(30),
            ..node("fetch", Colour::Async, Some([0, 5, 4_000]))
        },
        node("audit", Colour::Inline, None),
        ExplainedNode {
            fate: Fate::Failed,
            inputs: Arc::from([0, 1]),
            waited_for: Some(1),
            ..node("Page<\"x\">", Colour::Async, Some([4_000, 4_000, 4_050]))
        },
    ];
    Explanation {
        handler: "page",
        began: SystemTime::UNIX_EPOCH,
        seated: None,
        settled: Some(micros(4_060)),
        answered: Some(micros(4_350)),
        is_refused: false,
        over: micros(4_400),
        outcome: Outcome::Failed,
        nodes: Arc::from(nodes),
    }
}

#[test]
fn the_critical_path_goes_back_over_what_each_waited_for_last() {
    let explanation = explanation();
    let path: Vec<_> = explanation.critical_path().map(|it| it.name).collect();
    assert_eq!(path, ["fetch", "Page<\"x\">"]);
}

#[test]
fn text_says_for_each_node_how_long_it_waited_and_ran_and_where() {
    expect![[r#"
        page: failed, answered after 4.4ms, over after 4.4ms
          node       colour       ready     queued       took       busy  where
          query      plain            0    250.0µs      1.8ms      1.8ms  hueless, hop 1
        *                         4.1ms               200.0µs             teardown, hueless
        * fetch      async            0      5.0µs      4.0ms     30.0µs  tokio-rt-worker
          audit      inline           -          -          -          -  skipped
        * Page<"x">  async        4.0ms          0     50.0µs     50.0µs  failed, tokio-rt-worker, after fetch
        * what the answer had to wait for
    "#]]
    .assert_eq(&explanation().to_string());
}

#[test]
fn a_chrome_trace_has_an_event_for_each_node_and_ending() {
    expect![[r#"
        [
        {"name":"process_name","ph":"M","pid":1,"tid":0,"args":{"name":"page"}},
        {"name":"thread_name","ph":"M","pid":1,"tid":0,"args":{"name":"hueless"}},
        {"name":"thread_name","ph":"M","pid":1,"tid":1,"args":{"name":"tokio-rt-worker"}},
        {"name":"query","cat":"node","pid":1,"tid":0,"ph":"X","ts":250.000,"dur":1750.000,"args":{"colour":"plain","queued_us":250.000,"busy_us":1750.000,"hop":1}},
        {"name":"query","cat":"teardown","pid":1,"tid":0,"ph":"X","ts":4100.000,"dur":200.000,"args":{}},
        {"name":"fetch","cat":"node","pid":1,"tid":1,"ph":"b","id":1,"ts":5.000,"args":{"colour":"async","queued_us":5.000,"busy_us":30.000}},
        {"name":"fetch","cat":"node","pid":1,"tid":1,"ph":"e","id":1,"ts":4000.000},
        {"name":"Page<\"x\">","cat":"node","pid":1,"tid":1,"ph":"b","id":3,"ts":4000.000,"args":{"colour":"async","queued_us":0.000,"busy_us":50.000,"waited_for":"fetch","fate":"failed"}},
        {"name":"Page<\"x\">","cat":"node","pid":1,"tid":1,"ph":"e","id":3,"ts":4050.000}
        ]
    "#]]
    .assert_eq(&explanation().to_chrome_trace());
}

#[test]
fn the_picture_escapes_names_and_has_a_row_for_each_node() {
    let picture = explanation().to_svg();
    assert!(picture.starts_with("<svg "), "{picture}");
    assert!(picture.ends_with("</svg>\n"), "{picture}");
    assert_eq!(picture.matches("<g>").count(), 4);
    assert_eq!(
        picture.matches("class=\"ending\"").count(),
        2,
        "one and the legend"
    );
    assert!(picture.contains("Page&lt;&quot;x&quot;&gt;"), "{picture}");
}

#[test]
fn an_explanation_of_nothing_is_drawn_too() {
    let nothing = Explanation {
        answered: None,
        over: Duration::ZERO,
        nodes: Arc::from([]),
        ..explanation()
    };
    assert!(nothing.to_string().contains("not answered"));
    assert!(!nothing.to_svg().contains("NaN"));
    assert_eq!(nothing.to_chrome_trace(), "[\n\n]\n");
}
