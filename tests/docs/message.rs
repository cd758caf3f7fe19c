//! [`Message`]: what an error says, whatever the names in it are.

/// The words of an error. What stands in backticks, in braces and along a path of arrows differs from
/// case to case, and so does what it is said of: a handler or a dependency, a parameter or a field.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Message(Vec<Word>);

#[derive(Debug, Clone, PartialEq, Eq)]
enum Word {
    This(String),
    /// Any number of any words.
    Any,
}

impl Message {
    pub(crate) fn of(text: &str) -> Self {
        let text = placeholders(&names(text)).replace('…', " … ");
        let mut words: Vec<Word> = Vec::new();
        let mut is_path = false;
        for word in text.split_whitespace() {
            if word == "->" {
                // A path of names: what stands before the arrow goes, and so does what follows it.
                words.pop();
                words.push(Word::Any);
                is_path = true;
                continue;
            }
            if std::mem::take(&mut is_path) {
                continue;
            }
            let word = word.trim_end_matches([',', ';', ':', '.']);
            words.push(match word {
                "" => continue,
                "…" => Word::Any,
                "handler" | "dependency" => Word::This("item".to_owned()),
                "parameters" | "fields" => Word::This("inputs".to_owned()),
                "parameter" | "field" => Word::This("input".to_owned()),
                word => Word::This(word.to_owned()),
            });
        }
        // A list of names is as good as one.
        let is_name = |word: &Word| matches!(word, Word::This(word) if word == "`_`");
        words.dedup_by(|one, other| one == other && (*one == Word::Any || is_name(one)));
        Self(words)
    }

    /// Whether a part of `entry` says the same. At least half of it has to be said in words.
    pub(crate) fn is_in(&self, entry: &Self) -> bool {
        let needed = self.0.iter().filter(|word| **word != Word::Any).count();
        let starts = 0..entry.0.len();
        starts
            .filter_map(|start| in_common(&self.0, &entry.0[start..]))
            .any(|common| common * 2 >= needed)
    }
}

/// How many words are the same if `message` is how `entry` begins.
fn in_common(message: &[Word], entry: &[Word]) -> Option<usize> {
    let Some((word, rest)) = message.split_first() else {
        return Some(0);
    };
    let skipped = || in_common(message, entry.get(1..)?);
    match (word, entry.first()) {
        (Word::Any, None) => in_common(rest, entry),
        (Word::Any, Some(_)) => in_common(rest, entry).max(skipped()),
        (Word::This(_), None) => None,
        (Word::This(_), Some(Word::Any)) => in_common(rest, entry).max(skipped()),
        (Word::This(one), Some(Word::This(other))) if one == other => {
            in_common(rest, &entry[1..]).map(|common| common + 1)
        }
        (Word::This(_), Some(Word::This(_))) => None,
    }
}

/// What stands in backticks is a name.
fn names(text: &str) -> String {
    let parts = text.split('`').enumerate();
    let parts = parts.map(|(index, part)| if index % 2 == 1 { "`_`" } else { part });
    parts.collect()
}

/// What a message of the source is to be filled in with.
fn placeholders(text: &str) -> String {
    let mut filled = String::with_capacity(text.len());
    let mut rest = text;
    while let Some((before, after)) = rest.split_once('{') {
        filled.push_str(before);
        filled.push('…');
        rest = after.split_once('}').map_or("", |(_, after)| after);
    }
    filled + rest
}

#[test]
fn names_do_not_matter_and_words_do() {
    let says = |one: &str, other: &str| Message::of(one).is_in(&Message::of(other));
    assert!(says(
        "a {kind} cannot borrow, as its {noun} may cross to another thread",
        "a handler cannot borrow, as its fields may cross to another thread; take an owned value"
    ));
    assert!(says(
        "dependency cycle: a -> b -> a",
        "error: dependency cycle: x -> y -> z -> x"
    ));
    assert!(says(
        "unknown option `x`",
        "unknown option `y`; the options of `z` are …"
    ));
    assert!(!says("`db` is named twice", "`db` is given twice"));
    assert!(!says("something else that is long", "something …"));
}
