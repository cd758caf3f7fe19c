//! The lane: the threads that blocking nodes run on.
//!
//! Everything that crosses to a thread goes through here, and a crossing is what is called a hop.

mod slots;

use tokio::runtime::Handle;

pub(crate) use self::slots::{Limited, Limits, Slot, Slots};

use crate::failure::Failure;
use crate::unwind::contain;

/// The way to the threads of the runtime that a run was started on.
#[derive(Debug, Clone)]
pub(crate) struct Lane {
    runtime: Option<Handle>,
}

impl Lane {
    /// The lane of the current runtime. A run with nothing to offload needs none.
    pub(crate) fn current() -> Self {
        Self {
            runtime: Handle::try_current().ok(),
        }
    }

    /// Sends a job to a thread. It is dropped unrun if the runtime has shut down, or if there is none.
    pub(crate) fn send(&self, job: impl FnOnce() + Send + 'static) {
        if let Some(runtime) = &self.runtime {
            // Whoever waits is told by the job itself.
            drop(runtime.spawn_blocking(job));
        }
    }

    /// Sends a job to the work-stealing pool, where it runs with the runtime entered. It is dropped
    /// unrun if there is no runtime.
    pub(crate) fn send_cpu(&self, job: impl FnOnce() + Send + 'static) {
        if let Some(runtime) = self.runtime.clone() {
            // The pool would abort the process on a panic.
            crate::cpu::spawn(move || {
                let _entered = runtime.enter();
                contain(job);
            });
        }
    }

    /// The runtime, if the run was started on one.
    pub(crate) fn runtime(&self) -> Option<&Handle> {
        self.runtime.as_ref()
    }

    /// Why a job was dropped unrun.
    pub(crate) fn why_not(&self) -> Failure {
        match self.runtime {
            Some(_) => Failure::abandoned(),
            None => Failure::no_runtime(),
        }
    }
}
