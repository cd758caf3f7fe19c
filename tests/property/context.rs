//! The context that drawn graphs are resolved in, and what readers read from it.
//!
//! A reader gets a number that depends on how many were read before it, so readers that run in
//! another order make other values.

use std::sync::Arc;

use hueless::__private::{Context, Declaration, Extract, ExtractLast, Inputs, Reject};
use hueless::{AfterResponse, Failure};

use crate::catalogue::{letters, text};
use crate::code::{Running, combine};
use crate::scene::RUN;

/// How many types of readers there are.
pub(crate) const READERS: usize = 32;

/// Whether reading can fail.
pub(crate) const fn can_fail(reader: usize) -> bool {
    reader % 2 == 1
}

/// What a graph is resolved in.
#[derive(Debug)]
pub(crate) struct Request {
    /// How many times it was read.
    reads: u64,
    is_without_body: bool,
}

/// What a request is rejected with.
#[derive(Debug)]
pub(crate) struct Rejection {
    pub(crate) why: Why,
    /// What is to be done when it has been sent.
    pub(crate) after_response: Option<AfterResponse>,
}

/// Why a request is rejected.
#[derive(Debug)]
pub(crate) enum Why {
    /// The error of a node.
    Error(String),
    /// Something that hueless says.
    Failure(Failure),
}

impl Context for Request {
    type Rejection = Rejection;
    type State = ();

    fn fail(failure: Failure) -> Rejection {
        Rejection {
            why: Why::Failure(failure),
            after_response: None,
        }
    }

    fn attach(rejection: Rejection, after_response: AfterResponse) -> Rejection {
        Rejection {
            after_response: Some(after_response),
            ..rejection
        }
    }

    fn is_answered_without_body(&self) -> bool {
        self.is_without_body
    }
}

impl Reject<String> for Request {
    fn reject(error: String) -> Rejection {
        Rejection {
            why: Why::Error(error),
            after_response: None,
        }
    }
}

/// What a reader reads.
#[derive(Debug)]
pub(crate) struct Read<const READER: usize>(u64);

impl<const READER: usize> Read<READER> {
    const LETTERS: [u8; 4] = letters(b'r', READER);
    const NAME: &'static str = text(&Self::LETTERS);
}

impl<const READER: usize> Extract<Read<READER>> for Request {
    const CAN_FAIL: bool = can_fail(READER);

    async fn extract(&mut self) -> Result<Read<READER>, Rejection> {
        self.read(READER, None).await.map(Read)
    }
}

impl<const READER: usize> ExtractLast<Read<READER>, ()> for Request {
    const CAN_FAIL: bool = can_fail(READER);

    async fn extract_last(&mut self, reads_left: usize) -> Result<Read<READER>, Rejection> {
        self.read(READER, Some(reads_left)).await.map(Read)
    }
}

impl Request {
    pub(crate) fn new(is_without_body: bool) -> Self {
        Self {
            reads: 0,
            is_without_body,
        }
    }

    async fn read(&mut self, reader: usize, reads_left: Option<usize>) -> Result<u64, Rejection> {
        let run = RUN.with(Arc::clone);
        let value = value(reader, self.reads, reads_left);
        let read = Running::start_with(&run, run.reads(reader), value);
        self.reads += 1;
        let ended = read.run_async(run.graph().reader(reader)).await;
        ended.map_err(<Self as Reject<String>>::reject)
    }
}

/// What a reader reads after so many others. `reads_left` is told to one that may consume the
/// context.
pub(crate) fn value(reader: usize, reads: u64, reads_left: Option<usize>) -> u64 {
    let reads_left = reads_left.map_or(0, |left| 1 + left as u64);
    combine([1, reader as u64, reads, reads_left])
}

/// What can be said of one type of reader when a node names it.
pub(crate) struct Entry {
    /// The name that the plan knows it by.
    pub(crate) name: &'static str,
    pub(crate) extracts: fn(&mut Declaration<'_, Request>),
    pub(crate) extracts_last: fn(&mut Declaration<'_, Request>),
    pub(crate) take: fn(&mut Inputs) -> u64,
}

const fn entry<const READER: usize>() -> Entry {
    Entry {
        name: Read::<READER>::NAME,
        extracts: |user| user.extracts::<Read<READER>>(Read::<READER>::NAME),
        extracts_last: |user| user.extracts_last::<Read<READER>, ()>(Read::<READER>::NAME),
        take: |inputs| inputs.extracted::<Read<READER>>().0,
    }
}

macro_rules! entries {
    ($($eights:literal)*) => {
        [$(
            entry::<{ $eights * 8 }>(),
            entry::<{ $eights * 8 + 1 }>(),
            entry::<{ $eights * 8 + 2 }>(),
            entry::<{ $eights * 8 + 3 }>(),
            entry::<{ $eights * 8 + 4 }>(),
            entry::<{ $eights * 8 + 5 }>(),
            entry::<{ $eights * 8 + 6 }>(),
            entry::<{ $eights * 8 + 7 }>(),
        )*]
    };
}

/// By number of the reader.
pub(crate) static CATALOGUE: [Entry; READERS] = entries![0 1 2 3];
