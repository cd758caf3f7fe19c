//! [`Message`]: text put together in a constant.

use super::step::{Path, is};
use crate::meta::Meta;

/// Room for a path of some thirty names; what is longer ends in dots.
const CAPACITY: usize = 1_024;

/// Panics, where it is called, with the first of the mistakes.
#[track_caller]
pub const fn expect_no_mistake(mistakes: &[&Option<Message>]) {
    let mut rest = mistakes;
    while let [mistake, others @ ..] = rest {
        if let Some(message) = mistake {
            panic!("{}", message.as_str())
        }
        rest = others;
    }
}

/// The text of a proof that failed.
#[derive(Debug)]
pub struct Message {
    text: [u8; CAPACITY],
    length: usize,
}

impl Message {
    pub(super) const fn new(start: &str) -> Self {
        let mut message = Self {
            text: [0; CAPACITY],
            length: 0,
        };
        message.push(start);
        message
    }

    /// The text.
    pub(super) const fn as_str(&self) -> &str {
        let (text, _) = self.text.split_at(self.length);
        match std::str::from_utf8(text) {
            Ok(text) => text,
            Err(_) => "dependency graph refused",
        }
    }

    /// Appends a whole word, or nothing of it.
    pub(super) const fn push(&mut self, word: &str) {
        let word = word.as_bytes();
        if self.length + word.len() > CAPACITY {
            return;
        }
        let mut position = 0;
        while position < word.len() {
            self.text[self.length] = word[position];
            self.length += 1;
            position += 1;
        }
    }

    /// Appends `b -> c`: the part of `path` that begins with its first singleton.
    pub(super) const fn push_path_from_singleton(&mut self, path: &Path<'_>) {
        match path.up {
            Some(up) if up.has_singleton() => {
                self.push_path_from_singleton(up);
                self.push(" -> ");
            }
            Some(_) | None => {}
        }
        self.push_step(path);
    }

    /// Appends `a -> b -> c`, from where `first` stands last to the end of `path`. One that is generic
    /// may stand there several times.
    pub(super) const fn push_path_from(&mut self, first: &Meta, path: &Path<'_>) {
        match path.up {
            Some(up) if !is(path.step, first) => {
                self.push_path_from(first, up);
                self.push(" -> ");
            }
            Some(_) | None => {}
        }
        self.push_step(path);
    }

    /// Appends the end of a path, or dots where the end of the message needs the room.
    const fn push_step(&mut self, path: &Path<'_>) {
        const ROOM_FOR_THE_END: usize = 256;
        if self.length + path.step.name.len() + ROOM_FOR_THE_END < CAPACITY {
            self.push(path.step.name);
        } else {
            self.push("…");
        }
    }

    pub(super) const fn push_name(&mut self, step: &Meta) {
        self.push(step.name);
    }
}
