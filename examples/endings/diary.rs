//! What happened to a request, in order, and how it is to end.

use std::sync::{Arc, Mutex, PoisonError};

use tokio::sync::watch;

/// How a request is to end.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Ending {
    /// The handler returns `Ok`.
    Success,
    /// The handler returns `Err`.
    Error,
    /// The handler panics.
    Panic,
    /// The handler takes longer than it may.
    Timeout,
    /// The client does not wait for the handler.
    HangUp,
}

impl Ending {
    pub(crate) const ALL: [Self; 5] = [
        Self::Success,
        Self::Error,
        Self::Panic,
        Self::Timeout,
        Self::HangUp,
    ];

    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::Success => "success",
            Self::Error => "Err",
            Self::Panic => "panic",
            Self::Timeout => "timeout",
            Self::HangUp => "hang-up",
        }
    }

    /// Whether the handler waits until it is let go.
    pub(crate) fn waits(self) -> bool {
        matches!(self, Self::Timeout | Self::HangUp)
    }
}

/// What happened to a request, in order.
#[derive(Debug, Clone)]
pub(crate) struct Diary {
    entries: Arc<Mutex<Vec<String>>>,
    waits: watch::Sender<bool>,
    may_go: watch::Sender<bool>,
}

impl Default for Diary {
    fn default() -> Self {
        Self {
            entries: Arc::default(),
            waits: watch::Sender::new(false),
            may_go: watch::Sender::new(false),
        }
    }
}

impl Diary {
    pub(crate) fn note(&self, event: impl Into<String>) {
        self.entries
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .push(event.into());
    }

    /// The events so far, in one line.
    pub(crate) fn text(&self) -> String {
        let entries = self.entries.lock().unwrap_or_else(PoisonError::into_inner);
        entries.join(", ")
    }

    /// The handler waits until it is let go.
    pub(crate) async fn wait_in_handler(&self) {
        self.waits.send_replace(true);
        let mut may_go = self.may_go.subscribe();
        drop(may_go.wait_for(|may_go| *may_go).await);
    }

    /// Waits until the handler waits.
    pub(crate) async fn waits_in_handler(&self) {
        let mut waits = self.waits.subscribe();
        drop(waits.wait_for(|waits| *waits).await);
    }

    pub(crate) fn let_go(&self) {
        self.may_go.send_replace(true);
    }
}
