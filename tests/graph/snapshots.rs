//! Every format, letter for letter. `UPDATE_EXPECT=1` writes them.

use expect_test::expect_file;
use hueless::{App, Call, Depends, Graph, dependency};

use crate::shop::{buy, config, list, user};

/// Compares a graph with the files of that name.
macro_rules! check {
    ($graph:expr, $name:literal) => {{
        let graph: Graph = $graph;
        expect_file![concat!("snapshots/", $name, ".txt")].assert_eq(&graph.to_string());
        expect_file![concat!("snapshots/", $name, ".dot")].assert_eq(&graph.to_dot());
        expect_file![concat!("snapshots/", $name, ".mmd")].assert_eq(&graph.to_mermaid());
        expect_file![concat!("snapshots/", $name, ".svg")].assert_eq(&graph.to_svg());
    }};
}

#[test]
fn a_handler_that_is_one_hop() {
    check!(Graph::of::<list>(), "list");
}

#[test]
fn a_handler_with_dependencies_of_every_colour() {
    check!(Graph::of::<buy>(), "buy");
}

#[test]
fn what_handlers_share_is_drawn_once() {
    let graphs = [Graph::of::<list>(), Graph::of::<buy>()];
    check!(Graph::together(graphs), "together");
}

#[dependency]
async fn nobody(number: Depends<crate::shop::number>) -> u32 {
    *number
}

#[test]
fn what_an_app_replaces() {
    let app = App::builder()
        .replace_with::<config>(5)
        .on::<Call>()
        .replace::<user, nobody>()
        .build()
        .unwrap();
    check!(app.graph::<list>(), "replaced");
}
