//! A drawing is well-formed, and its text is where it belongs.

use hueless::{Depends, Graph, Input, dependency, handler};
use roxmltree::{Document, Node};

use crate::shop::{buy, list};

/// A name that is wide, and longer than anybody reads.
#[dependency(inline)]
fn größe_des_datensatzes_の大きさ<T: Send + Sync + 'static>(
    Input(_read): Input<(u64, String, [u8; 32])>,
    Input(_as_well): Input<(u64, String, [u8; 32])>,
) -> usize {
    size_of::<T>()
}

type Long = [Option<(Vec<String>, Vec<Vec<String>>)>; 1_000_000];

#[handler]
async fn wide(_size: Depends<größe_des_datensatzes_の大きさ<Long>>) {}

fn graphs() -> [Graph; 4] {
    let (list, buy, wide) = (Graph::of::<list>(), Graph::of::<buy>(), Graph::of::<wide>());
    let all = Graph::together([list.clone(), buy.clone(), wide.clone()]);
    [list, buy, wide, all]
}

fn number(node: Node<'_, '_>, name: &str) -> f64 {
    let value = node.attribute(name);
    let value = value.unwrap_or_else(|| panic!("{node:?} has no {name}"));
    value.parse().expect("a number")
}

fn tags<'a>(node: Node<'a, 'a>, name: &'static str) -> impl Iterator<Item = Node<'a, 'a>> {
    node.descendants()
        .filter(move |node| node.has_tag_name(name))
}

#[test]
fn text_stays_in_its_box() {
    for graph in graphs() {
        let svg = graph.to_svg();
        let document = Document::parse(&svg).unwrap();
        let boxes = tags(document.root(), "g").filter(|group| {
            let first = group.first_element_child();
            first.is_some_and(|first| first.has_tag_name("title"))
        });
        let mut lines = 0;
        for group in boxes {
            let outline = tags(group, "rect").next().unwrap();
            let (left, top) = (number(outline, "x"), number(outline, "y"));
            let right = left + number(outline, "width");
            let bottom = top + number(outline, "height");
            for text in tags(group, "text") {
                let (start, baseline) = (number(text, "x"), number(text, "y"));
                // In most fonts a character is less wide than this, and in the others the length
                // that the line says of itself presses it together.
                let end = start + number(text, "textLength");
                assert!(left + 9.0 <= start && end <= right - 9.0, "{text:?}");
                assert!(
                    top + 12.0 <= baseline && baseline <= bottom - 5.0,
                    "{text:?}"
                );
                lines += 1;
            }
        }
        assert!(lines > 4, "{svg}");
    }
}

#[test]
fn everything_is_on_the_sheet() {
    for graph in graphs() {
        let svg = graph.to_svg();
        let document = Document::parse(&svg).unwrap();
        let sheet = document.root_element();
        let (width, height) = (number(sheet, "width"), number(sheet, "height"));
        for text in tags(sheet, "text") {
            assert!(number(text, "x") + number(text, "textLength") <= width - 24.0);
            assert!(number(text, "y") <= height - 24.0);
        }
    }
}

#[test]
fn every_class_has_a_style_for_light_and_for_dark() {
    let all = graphs().map(|graph| graph.to_svg()).concat();
    let (light, dark) = all.split_once("@media").unwrap();
    for class in [
        "async", "plain", "inline", "cpu", "struct", "value", "guard",
    ] {
        assert!(all.contains(&format!("<rect class=\"{class}")), "{class}");
        assert!(light.contains(&format!(".hueless .{class} {{")), "{class}");
        assert!(dark.contains(&format!(".hueless .{class} {{")), "{class}");
    }
}

#[test]
fn the_drawing_needs_nothing_else() {
    let svg = Graph::of::<buy>().to_svg();
    let addresses = svg.matches("http").count();
    assert_eq!(addresses, 1, "the name of the language is the only address");
    assert!(!svg.contains("<script") && !svg.contains("@import"));
}

#[test]
fn who_does_not_see_it_hears_the_tree() {
    let graph = Graph::of::<buy>();
    let svg = graph.to_svg();
    let document = Document::parse(&svg).unwrap();
    let told = |name| {
        tags(document.root(), name)
            .next()
            .and_then(|node| node.text())
    };
    assert_eq!(told("title"), Some("buy"));
    assert_eq!(told("desc"), Some(graph.to_string().as_str()));
}
