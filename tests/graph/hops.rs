//! What is drawn as one hop is one, when it is run.

use hueless::{App, Call, Depends, Graph, HandlerMeta, Invocation, Reply, dependency, handler};

#[dependency]
fn first() -> u8 {
    1
}
#[dependency(inline)]
fn between(first: Depends<first>) -> u8 {
    *first
}
#[dependency]
fn second(between: Depends<between>) -> u8 {
    *between
}
#[dependency]
async fn waits(second: Depends<second>) -> u8 {
    tokio::task::yield_now().await;
    *second
}
#[dependency(guard)]
async fn guard(first: Depends<first>) -> u8 {
    tokio::task::yield_now().await;
    *first
}
#[dependency(guard)]
fn plain_guard() -> u8 {
    1
}
#[dependency]
fn unguarded() -> u8 {
    1
}
#[dependency(inline)]
fn unneeded() -> u8 {
    1
}

#[handler]
fn chain(_second: Depends<second>) {}
#[handler]
fn interrupted(_second: Depends<second>, _waits: Depends<waits>) {}
#[handler]
fn behind_an_async_guard(_second: Depends<second>, _guard: Depends<guard>) {}
#[handler(requires(plain_guard))]
fn behind_a_plain_guard(_unguarded: Depends<unguarded>) {}
#[handler]
async fn only_its_dependencies(_second: Depends<second>, _unneeded: Depends<unneeded>) {}

/// How many hops are drawn: the blocking functions, but for those that go on after another one.
fn drawn<H: HandlerMeta>() -> u64 {
    let dot = Graph::of::<H>().to_dot();
    let blocking = |line: &&str| line.contains("\\nplain");
    let named = |line: &str| line.trim().split(' ').next().map(str::to_owned);
    let goes_on = |node: &String| {
        let arrow = format!("{node} -> ");
        let mut arrows = dot.lines().filter(|line| line.trim().starts_with(&arrow));
        arrows.any(|line| line.contains("penwidth = 3"))
    };
    let blocking = dot.lines().filter(blocking).filter_map(named);
    blocking.filter(|node| !goes_on(node)).count() as u64
}

/// How many there are.
async fn run<H, M, T>(handler: impl FnOnce(Invocation<H, Call, M>) -> T) -> u64
where
    T: Future<Output = Result<Reply<()>, hueless::BoxError>>,
{
    let app = App::new();
    app.run(handler, Call::new()).await.expect("nothing fails");
    app.stats().hops
}

#[tokio::test]
async fn what_is_drawn_is_what_is_run() {
    assert_eq!((drawn::<chain>(), run(chain::handler).await), (1, 1));
    assert_eq!(
        (drawn::<interrupted>(), run(interrupted::handler).await),
        (2, 2)
    );
    assert_eq!(
        (
            drawn::<behind_an_async_guard>(),
            run(behind_an_async_guard::handler).await
        ),
        (2, 2)
    );
    assert_eq!(
        (
            drawn::<behind_a_plain_guard>(),
            run(behind_a_plain_guard::handler).await
        ),
        (1, 1)
    );
    assert_eq!(
        (
            drawn::<only_its_dependencies>(),
            run(only_its_dependencies::handler).await
        ),
        (1, 1)
    );
}

#[test]
fn a_hop_behind_a_guard_leads_to_it_though_it_is_not_needed() {
    let dot = Graph::of::<behind_a_plain_guard>().to_dot();
    assert!(dot.contains("n2 -> n1 [label = behind"), "{dot}");
    let svg = Graph::of::<behind_a_plain_guard>().to_svg();
    assert!(svg.contains("class=\"arrow behind same\""), "{svg}");
}

#[test]
fn what_some_handlers_share_a_hop_with_and_others_do_not_is_not_drawn_so() {
    let heavy = "second (plain)\n   ┕━ between (inline)\n      ┕━ first (plain)\n";
    assert!(Graph::of::<chain>().to_string().contains(heavy));
    let both = Graph::together([Graph::of::<chain>(), Graph::of::<behind_an_async_guard>()]);
    let light = "second (plain)\n   └─ between (inline)\n      └─ first (plain)\n";
    assert!(both.to_string().contains(light), "{both}");
}

#[test]
fn hops_are_framed_where_there_is_one_handler() {
    let one = Graph::of::<chain>();
    assert!(one.to_dot().contains("label = \"one hop\""));
    assert!(one.to_mermaid().contains("subgraph hop0 [\"one hop\"]"));
    let two = Graph::together([one, Graph::of::<only_its_dependencies>()]);
    assert!(!two.to_dot().contains("subgraph"));
    assert!(!two.to_mermaid().contains("subgraph"));
}
