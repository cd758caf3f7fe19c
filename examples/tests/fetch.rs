//! `fetch` waits for four documents at once, whatever the colour of what fetches them.

mod printed;

use std::sync::LazyLock;

use self::printed::{example, printed};

/// A line of a document: when it was asked for and when it had arrived, in milliseconds.
#[derive(Debug)]
struct Document {
    name: String,
    from: u64,
    to: u64,
}

#[derive(Debug)]
struct Variant {
    documents: Vec<Document>,
    requests_at_once: usize,
}

static OUTPUT: LazyLock<String> = LazyLock::new(|| printed(&mut example("fetch")));

/// What was printed under a title.
fn variant(title: &str) -> Variant {
    let mut documents = Vec::new();
    for line in OUTPUT.lines().skip_while(|line| *line != title).skip(1) {
        let words: Vec<&str> = line.split_whitespace().collect();
        match words[..] {
            ["requests", "at", "once:", most, ..] => {
                return Variant {
                    documents,
                    requests_at_once: most.trim_end_matches(';').parse().expect("a number"),
                };
            }
            [name, from, "to", to, "ms", ..] => documents.push(Document {
                name: name.to_owned(),
                from: from.parse().expect("a number"),
                to: to.parse().expect("a number"),
            }),
            _ => panic!("`{line}` is no line of a document"),
        }
    }
    panic!("`{title}` is not in the output:\n{}", *OUTPUT);
}

fn assert_together(title: &str) {
    let variant = variant(title);
    let last_start = variant.documents.iter().map(|document| document.from).max();
    let first_end = variant.documents.iter().map(|document| document.to).min();
    assert!(last_start < first_end, "{variant:#?}");
    assert_eq!(variant.requests_at_once, 4);
}

fn assert_in_turn(title: &str) {
    let variant = variant(title);
    let names: Vec<&str> = variant
        .documents
        .iter()
        .map(|document| document.name.as_str())
        .collect();
    assert_eq!(names, ["news", "weather", "trains", "tides"]);
    assert!(
        variant
            .documents
            .is_sorted_by(|one, next| one.to <= next.from),
        "{variant:#?}"
    );
    assert_eq!(variant.requests_at_once, 1);
}

#[test]
fn plain_functions_fetch_all_four_at_once() {
    assert_together("Plain `fn`, blocking client, together");
}

#[test]
fn async_functions_fetch_all_four_at_once() {
    assert_together("`async fn`, async client, together");
}

#[test]
fn sequential_plain_functions_fetch_one_after_another() {
    assert_in_turn("Plain `fn`, blocking client, in turn");
}

#[test]
fn sequential_async_functions_fetch_one_after_another() {
    assert_in_turn("`async fn`, async client, in turn");
}

#[test]
fn the_totals_are_compared() {
    let totals: Vec<&str> = OUTPUT
        .lines()
        .filter(|line| line.ends_with(" times faster"))
        .collect();
    assert!(
        matches!(totals[..], [plain, r#async]
            if plain.starts_with("plain `fn`: ") && r#async.starts_with("`async fn`: ")),
        "{totals:?}"
    );
}
