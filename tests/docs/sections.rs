//! What rustc has printed of each mistake in `tests/ui/fail` leads to the section that has it.

use crate::errors::messages_of_macros;
use crate::fenced::fenced;
use crate::message::Message;
use crate::{files, read, workspace};

const LINK: &str = "see https://docs.rs/hueless/0.1/hueless/guide/errors/index.html#";

/// A section of the page of compile errors.
struct Section {
    anchor: String,
    entries: Vec<Message>,
}

fn sections() -> Vec<Section> {
    let page = read(&workspace("runtime/guide/errors.md"));
    let sections = page.split("<a id=\"").skip(1).map(|section| {
        let (anchor, text) = section.split_once('"').expect("an anchor ends");
        let lines = fenced(text, "text").into_iter().flat_map(str::lines);
        Section {
            anchor: anchor.to_owned(),
            entries: lines.map(Message::of).collect(),
        }
    });
    sections.collect()
}

/// A mistake that an attribute has found: what it says, and where it leads.
struct Mistake {
    text: String,
    anchor: Option<String>,
}

/// The mistakes among what rustc has printed: rustc gives errors of its own a number.
fn mistakes(printed: &str) -> Vec<Mistake> {
    let mut mistakes = Vec::new();
    let mut lines = printed.lines().peekable();
    while let Some(line) = lines.next() {
        if let Some(text) = line.strip_prefix("error: ") {
            let next = lines.peek().map(|line| line.trim_start());
            mistakes.push(Mistake {
                text: text.to_owned(),
                anchor: next
                    .and_then(|line| line.strip_prefix(LINK))
                    .map(str::to_owned),
            });
        }
    }
    mistakes
}

#[test]
fn each_mistake_leads_to_the_section_that_has_it() {
    let sections = sections();
    let ours = messages_of_macros();
    let mut wrong = Vec::new();
    let mut count = 0;
    for file in files(&workspace("tests/ui/fail"), "stderr") {
        for mistake in mistakes(&read(&file)) {
            let text = Message::of(&mistake.text);
            if mistake.anchor.is_some() || ours.iter().any(|message| message.is_in(&text)) {
                count += 1;
                wrong.extend(wrongly_linked(&mistake, &sections));
            }
        }
    }
    assert!(count >= 50, "few mistakes: {count}");
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

fn wrongly_linked(mistake: &Mistake, sections: &[Section]) -> Option<String> {
    let Mistake { text, anchor } = mistake;
    let Some(anchor) = anchor else {
        return Some(format!("leads nowhere: {text}"));
    };
    let message = Message::of(text);
    let has = |section: &&Section| section.entries.iter().any(|entry| message.is_in(entry));
    let of_link = sections.iter().find(|section| section.anchor == *anchor);
    if of_link.as_ref().is_some_and(has) {
        return None;
    }
    let right: Vec<_> = sections.iter().filter(has).map(|s| &s.anchor).collect();
    Some(format!("leads to {anchor}, and is in {right:?}: {text}"))
}
