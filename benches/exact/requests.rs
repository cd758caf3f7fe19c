//! Requests, made one after the other.

use tokio::runtime::{Builder, Runtime};

use crate::subjects::Subject;

/// How often it is done before anything counts: plans are built, threads are started, and blocking nodes
/// become known to be short.
const WARM_UP: u32 = 50;

/// The requests of a subject, on a runtime with one thread.
pub(crate) struct Requests<'a> {
    subject: &'a Subject,
    runtime: Runtime,
}

impl<'a> Requests<'a> {
    pub(crate) fn new(subject: &'a Subject) -> Self {
        let runtime = Builder::new_current_thread().enable_all().build();
        let requests = Self {
            subject,
            runtime: runtime.expect("the system gives a runtime what it needs"),
        };
        requests.make(WARM_UP);
        requests
    }

    /// Makes so many requests.
    pub(crate) fn make(&self, times: u32) {
        self.runtime.block_on((self.subject.requests)(times));
    }
}
