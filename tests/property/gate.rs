//! A gate: what comes only when somebody says so.

use tokio::runtime::Handle;
use tokio::sync::Semaphore;

/// Closed until it is opened, once.
#[derive(Debug)]
pub(crate) struct Gate(Semaphore);

impl Gate {
    pub(crate) fn closed() -> Self {
        Self(Semaphore::new(0))
    }

    pub(crate) fn open(&self) {
        self.0.close();
    }

    pub(crate) async fn pass(&self) {
        // A semaphore without permits gives none: it ends with an error when it is closed.
        drop(self.0.acquire().await);
    }

    /// On a thread that may block.
    pub(crate) fn pass_blocking(&self) {
        Handle::current().block_on(self.pass());
    }
}
