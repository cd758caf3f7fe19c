//! Graphs that are no plans, and no graph at all.

use std::marker::PhantomData;

use hueless::{Depends, Graph, Provider, dependency, handler};

/// Needs itself through a type parameter, which no proof could see.
#[dependency(transient)]
fn through<D: Provider>(_inner: Depends<D>) -> PhantomData<fn() -> D> {
    PhantomData
}

#[dependency(transient)]
fn circle(_through: Depends<through<circle>>) -> u8 {
    1
}

#[handler]
async fn turns(_circle: Depends<circle>) {}

#[test]
fn a_cycle_has_a_picture() {
    let graph = Graph::of::<turns>();
    assert_eq!(
        graph.to_string(),
        "\
turns (async)
└─ circle (plain, transient)
   ┕━ through<circle> (plain, transient)
      └─ circle (plain, transient) …
"
    );
    assert!(graph.to_dot().contains("n2 -> n1"));
    assert!(graph.to_mermaid().contains("n2 --> n1"));
    assert!(graph.to_svg().ends_with("</svg>\n"));
}

#[test]
fn no_handlers_are_an_empty_picture() {
    let graph = Graph::together([]);
    assert_eq!(graph.to_string(), "");
    assert_eq!(graph.to_mermaid(), "flowchart LR\n");
    assert!(graph.to_svg().ends_with("</svg>\n"));
}

#[test]
fn a_handler_that_is_given_twice_is_drawn_once() {
    let twice = Graph::together([Graph::of::<turns>(), Graph::of::<turns>()]);
    assert_eq!(twice.to_svg(), Graph::of::<turns>().to_svg());
}
