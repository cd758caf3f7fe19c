//! Every link of the guide leads somewhere.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use crate::{files, read, workspace};

/// What the label of a link stands for, and where.
type Definitions = BTreeMap<String, String>;

fn guide() -> Vec<PathBuf> {
    files(&workspace("runtime/guide"), "md")
}

fn name(file: &Path) -> String {
    file.file_name()
        .unwrap_or_default()
        .to_string_lossy()
        .into_owned()
}

/// The text without its blocks of code.
fn prose(file: &Path) -> String {
    let mut is_code = false;
    let text = read(file);
    let prose = text.lines().filter(|line| {
        let is_fence = line.starts_with("```");
        is_code ^= is_fence;
        !is_code && !is_fence
    });
    prose.collect::<Vec<_>>().join("\n")
}

/// The label and the target of a line `[label]: target`.
fn definition(line: &str) -> Option<(String, String)> {
    let (label, target) = line.strip_prefix('[')?.split_once("]: ")?;
    (!label.contains(']')).then(|| (label.to_owned(), target.to_owned()))
}

fn definitions(prose: &str) -> Definitions {
    prose.lines().filter_map(definition).collect()
}

/// The labels of links by reference: `[text][label]`, and `` [`label`] ``.
fn uses(prose: &str) -> BTreeSet<String> {
    let mut labels = BTreeSet::new();
    for line in prose.lines().filter(|line| definition(line).is_none()) {
        for part in line.split("][").skip(1) {
            labels.extend(part.split_once(']').map(|(label, _)| label.to_owned()));
        }
        for part in line.split("[`").skip(1) {
            if let Some((label, after)) = part.split_once("`]")
                && !after.starts_with(['[', '('])
            {
                labels.insert(format!("`{label}`"));
            }
        }
    }
    labels
}

#[test]
fn each_chapter_defines_the_links_that_it_has() {
    let chapters = guide();
    assert!(chapters.len() >= 20, "few chapters: {}", chapters.len());
    for file in chapters {
        let prose = prose(&file);
        let defined = definitions(&prose);
        let used = uses(&prose);
        let labels: BTreeSet<String> = defined.keys().cloned().collect();
        assert_eq!(used, labels, "{}", file.display());
        for (label, target) in defined {
            let is_chapter = || file.with_file_name(&target).exists();
            let is_there = target.starts_with("https://docs.rs/hueless/latest/hueless/");
            assert!(is_there || is_chapter(), "{}: {label}", file.display());
        }
    }
}

/// rustdoc gets them from one file, whose definitions come first.
#[test]
fn rustdoc_knows_all_of_them() {
    let for_rustdoc = definitions(&read(&workspace("runtime/src/guide/links.md")));
    let module = read(&workspace("runtime/src/guide.rs"));
    let mut unused: BTreeSet<String> = for_rustdoc.keys().cloned().collect();
    for file in guide() {
        for label in definitions(&prose(&file)).into_keys() {
            // What only one feature brings is defined beside the others.
            let is_known = for_rustdoc.contains_key(&label) || module.contains(&label);
            assert!(is_known, "{}: {label}", file.display());
            unused.remove(&label);
        }
    }
    assert!(unused.is_empty(), "{unused:?}");
}

#[test]
fn each_chapter_is_in_the_module_and_in_the_table_of_contents() {
    let module = read(&workspace("runtime/src/guide.rs"));
    let contents: BTreeSet<String> = definitions(&read(&workspace("runtime/guide/README.md")))
        .into_values()
        .collect();
    for file in guide() {
        let name = name(&file);
        if name != "README.md" {
            assert!(module.contains(&format!("../guide/{name}\"")), "{name}");
            assert!(contents.contains(&name), "{name}");
        }
    }
}
