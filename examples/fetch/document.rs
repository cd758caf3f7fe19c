//! [`Document`]: what is fetched.

/// A document that has arrived.
#[derive(Debug, Clone)]
pub(crate) struct Document {
    pub(crate) name: &'static str,
    pub(crate) text: String,
}
