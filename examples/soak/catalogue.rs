//! What the clients may ask for.

use crate::books::Requests;

/// An endpoint, what is asked of it, and what it should answer.
#[derive(Debug)]
pub(crate) struct Endpoint {
    pub(crate) path: &'static str,
    pub(crate) status: u16,
    /// How long the body of the answer is.
    pub(crate) length: usize,
    /// How long that of the request is.
    pub(crate) upload: Option<usize>,
    pub(crate) requests: Requests,
}

impl Endpoint {
    const fn new(path: &'static str, status: u16, length: usize) -> Self {
        Self {
            path,
            status,
            length,
            upload: None,
            requests: Requests::new(),
        }
    }

    const fn takes(mut self, length: usize) -> Self {
        self.upload = Some(length);
        self
    }
}

/// All of them.
pub(crate) static ENDPOINTS: [Endpoint; 13] = [
    Endpoint::new("/async", 200, 5),
    Endpoint::new("/plain", 200, 5),
    Endpoint::new("/chain", 200, 5),
    Endpoint::new("/transaction", 200, 9),
    Endpoint::new("/panic", 500, 0),
    Endpoint::new("/slow", 200, 4),
    Endpoint::new("/upload", 200, 4).takes(UPLOAD),
    Endpoint::new("/rows", 200, ROWS * ROW),
    Endpoint::new("/offload", 200, 7),
    Endpoint::new("/background", 200, 5),
    Endpoint::new("/limited", 200, 7),
    Endpoint::new("/timeout", 504, 0),
    Endpoint::new("/timeout/plain", 504, 0),
];

/// A list of 4,000 numbers, as JSON.
const UPLOAD: usize = 8_001;

/// How many rows are read from a stream, and how long each is.
pub(crate) const ROWS: usize = 300;
const ROW: usize = 16;
