//! What a program promises to be told, against what is recorded.

use std::fmt;
use std::fs;
use std::path::Path;

const MARK: &str = "//~ ERROR";

/// A text, and the line of the program that it stands at.
#[derive(Debug, PartialEq, Eq)]
struct Told {
    line: Option<usize>,
    text: String,
}

impl fmt::Display for Told {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.line {
            Some(line) => write!(formatter, "line {line}: {}", self.text),
            None => write!(formatter, "at no line of it: {}", self.text),
        }
    }
}

/// In how many ways what is recorded is not what `program` promises.
pub(crate) fn broken(program: &Path) -> Vec<String> {
    let name = program.display();
    let read = |path: &Path| fs::read_to_string(path).map_err(|error| error.to_string());
    let recorded = match read(&program.with_extension("stderr")) {
        Ok(recorded) => recorded,
        Err(error) => return vec![format!("{name}: nothing is recorded: {error}")],
    };
    let program_text = read(program).expect("a listed program can be read");
    let promised = promised(&program_text);
    if promised.is_empty() {
        return vec![format!("{name}: it has no `{MARK}`")];
    }
    let file = program.file_name().unwrap_or_default().to_string_lossy();
    let (missing, excess) = compare(promised, told(&recorded, &file));
    let missing = missing.iter().map(|text| ("not told", text));
    let excess = excess.iter().map(|text| ("not promised", text));
    missing
        .chain(excess)
        .map(|(what, text)| format!("{name}: {what}, {text}"))
        .collect()
}

/// The texts after the marks. A line may have several marks, and a text that is told more than once
/// ends in `(3 times)`.
fn promised(program: &str) -> Vec<Told> {
    let mut promised = Vec::new();
    for (index, line) in program.lines().enumerate() {
        for text in line.split(MARK).skip(1).map(str::trim) {
            let (text, times) = repeated(text).unwrap_or((text, 1));
            promised.extend((0..times).map(|_| Told {
                line: Some(index + 1),
                text: text.to_owned(),
            }));
        }
    }
    promised
}

fn repeated(text: &str) -> Option<(&str, usize)> {
    let (text, times) = text.strip_suffix(" times)")?.rsplit_once(" (")?;
    Some((text, times.parse().ok()?))
}

/// The first lines of all errors and warnings, each with the line of the program under its `-->`.
fn told(recorded: &str, file: &str) -> Vec<Told> {
    let mut told: Vec<Told> = Vec::new();
    let mut is_placed = true;
    for line in recorded.lines() {
        if line.starts_with("error") || line.starts_with("warning") {
            let text = line.to_owned();
            told.push(Told { line: None, text });
            is_placed = false;
        } else if let (false, Some(place)) = (is_placed, line.trim_start().strip_prefix("--> ")) {
            is_placed = true;
            if let Some(last) = told.last_mut() {
                last.line = line_of(place, file);
            }
        }
    }
    told
}

/// The line in `fail/topic/file.rs:line:column`.
fn line_of(place: &str, file: &str) -> Option<usize> {
    let (path, place) = place.split_once(':')?;
    let (line, _) = place.split_once(':')?;
    path.ends_with(&format!("/{file}"))
        .then(|| line.parse().ok())?
}

/// What is promised and not told, and what is told and not promised.
fn compare(promised: Vec<Told>, mut told: Vec<Told>) -> (Vec<Told>, Vec<Told>) {
    let mut missing = promised;
    missing.retain(|promise| {
        let kept = |message: &Told| {
            message.line == promise.line
                && !promise.text.is_empty()
                && message.text.contains(&promise.text)
        };
        match told.iter().position(kept) {
            Some(position) => {
                told.remove(position);
                false
            }
            None => true,
        }
    });
    (missing, told)
}

#[test]
fn a_promise_is_kept_at_its_line_once() {
    let promised = promised("#[x]\nfn a() {} //~ ERROR no a //~ ERROR no b (2 times)\nfn c() {}\n");
    let recorded = "error: there is no a\n --> fail/t/case.rs:2:4\n  |\n\n\
                    error[E0001]: there is no a\n  --> fail/t/case.rs:2:4\n\n\
                    warning: elsewhere\n --> fail/t/other.rs:2:4\n";
    let (missing, excess) = compare(promised, told(recorded, "case.rs"));
    let texts = |told: &[Told]| told.iter().map(ToString::to_string).collect::<Vec<_>>();
    assert_eq!(texts(&missing), ["line 2: no b", "line 2: no b"]);
    assert_eq!(
        texts(&excess),
        [
            "line 2: error[E0001]: there is no a",
            "at no line of it: warning: elsewhere"
        ]
    );
}
