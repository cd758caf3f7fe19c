//! Every error has an entry on the page of compile errors.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use crate::fenced::fenced;
use crate::literals::literals;
use crate::message::Message;
use crate::{files, read, workspace};

const PAGE: &str = "runtime/guide/errors.md";

/// What stands for an error on the page: the lines of its blocks of text.
struct Entries(Vec<String>);

impl Entries {
    fn read() -> Self {
        let page = read(&workspace(PAGE));
        let lines = fenced(&page, "text").into_iter().flat_map(str::lines);
        let lines: Vec<String> = lines.map(str::to_owned).collect();
        assert!(lines.len() >= 100, "few entries: {}", lines.len());
        Self(lines)
    }

    /// Which of the errors have none; each is said with where it comes from.
    fn missing<'a>(&self, errors: impl IntoIterator<Item = (&'a Path, String)>) -> Vec<String> {
        let entries: Vec<Message> = self.0.iter().map(|line| Message::of(line)).collect();
        let is_missing = |error: &str| {
            let message = Message::of(error);
            let is_written = self.0.iter().any(|line| line.contains(error));
            !is_written && !entries.iter().any(|entry| message.is_in(entry))
        };
        let missing = errors
            .into_iter()
            .filter(|(_, error)| is_missing(error))
            .map(|(file, error)| format!("{}: {error}", file.display()));
        missing.collect::<BTreeSet<_>>().into_iter().collect()
    }
}

fn assert_none(missing: &[String]) {
    let count = missing.len();
    assert!(
        missing.is_empty(),
        "{count} not in {PAGE}:\n{}",
        missing.join("\n")
    );
}

#[test]
fn every_error_that_a_program_is_promised_has_an_entry() {
    const MARK: &str = "//~ ERROR";

    let programs = files(&workspace("tests/ui/fail"), "rs");
    assert!(programs.len() >= 100, "few programs: {}", programs.len());
    let promises = programs.iter().flat_map(|file| {
        let program = read(file);
        let promises: Vec<String> = program
            .lines()
            .flat_map(|line| line.split(MARK).skip(1))
            .map(|promise| once(promise.trim()).to_owned())
            .collect();
        promises
            .into_iter()
            .map(|promise| (file.as_path(), promise))
    });
    assert_none(&Entries::read().missing(promises));
}

/// What is told several times ends in `(3 times)`.
fn once(promise: &str) -> &str {
    let times = promise.strip_suffix(" times)");
    times
        .and_then(|rest| rest.rsplit_once(" ("))
        .map_or(promise, |(text, _)| text)
}

#[test]
fn every_message_in_the_source_has_an_entry() {
    let mut messages = messages_in("macros/src", MACROS);
    messages.extend(messages_in("runtime/src", &["plan/error.rs"]));
    let messages = messages
        .iter()
        .map(|(file, message)| (file.as_path(), message.clone()));
    assert_none(&Entries::read().missing(messages));
}

/// Where nothing but messages is written.
const MACROS: &[&str] = &["check", "parse", "entry.rs", "expand/assert.rs"];

/// What the attributes say of mistakes.
pub(crate) fn messages_of_macros() -> Vec<Message> {
    let messages = messages_in("macros/src", MACROS);
    messages
        .iter()
        .map(|(_, message)| Message::of(message))
        .collect()
}

fn messages_in(folder: &str, paths: &[&str]) -> Vec<(PathBuf, String)> {
    let files = paths
        .iter()
        .flat_map(|path| files(&workspace(folder).join(path), "rs"));
    let messages = files.flat_map(|file| {
        let is_message = |literal: &String| literal.split_whitespace().count() >= 4;
        let messages = literals(&read(&file)).into_iter().filter(is_message);
        messages
            .map(|message| (file.clone(), message))
            .collect::<Vec<_>>()
    });
    messages.collect()
}

#[test]
fn every_message_of_a_trait_has_an_entry() {
    let sources = files(&workspace("runtime/src"), "rs");
    let mut count = 0;
    let messages = sources.iter().flat_map(|file| {
        let source = read(file);
        let messages: Vec<String> = source
            .split("#[diagnostic::on_unimplemented(")
            .skip(1)
            .filter_map(|attribute| literals(attribute).into_iter().next())
            .collect();
        count += messages.len();
        messages
            .into_iter()
            .map(|message| (file.as_path(), message))
    });
    let missing = Entries::read().missing(messages);
    assert!(count >= 10, "few traits: {count}");
    assert_none(&missing);
}

/// A message that leads to the page names the anchor above one of its headings.
#[test]
fn every_link_of_a_message_leads_to_a_heading() {
    const LINK: &str = "/guide/errors/index.html#";

    let page = read(&workspace(PAGE));
    let anchors = anchors(&page);
    for (index, anchor) in anchors.iter().enumerate() {
        let is_short = anchor
            .chars()
            .all(|letter| letter.is_ascii_lowercase() || letter == '-');
        assert!(is_short, "`{anchor}` is no anchor");
        assert!(
            !anchors[..index].contains(anchor),
            "`{anchor}` is there twice"
        );
    }
    for file in files(&workspace("runtime/src"), "rs") {
        for link in read(&file).split(LINK).skip(1) {
            let ends = |letter: char| !(letter.is_ascii_lowercase() || letter == '-');
            let anchor = link.split(ends).next().unwrap_or_default();
            assert!(
                anchors.contains(&anchor),
                "{}: no anchor `{anchor}`",
                file.display()
            );
        }
    }
    // The macros find theirs in a table: `("words of a message", "anchor"),`.
    let table = read(&workspace("macros/src/page.rs"));
    let entries = table.lines().filter_map(|line| {
        let entry = line.trim().strip_prefix("(\"")?.strip_suffix("\"),")?;
        Some(entry.split_once("\", \"")?.1)
    });
    let entries: Vec<&str> = entries.collect();
    assert!(entries.len() > 20, "{entries:?}");
    for entry in entries {
        assert!(anchors.contains(&entry), "no `{entry}`");
    }
}

/// The anchors of the page. Each heading of an error has one above it, which stays when the heading is
/// worded otherwise.
fn anchors(page: &str) -> Vec<&str> {
    let mut anchors = Vec::new();
    let mut above = None;
    for line in page.lines().filter(|line| !line.is_empty()) {
        if let Some(heading) = line.strip_prefix("### ") {
            anchors.push(above.unwrap_or_else(|| panic!("no anchor above `{heading}`")));
        }
        let anchor = line.strip_prefix("<a id=\"");
        above = anchor.and_then(|anchor| anchor.strip_suffix("\"></a>"));
    }
    anchors
}
