//! [`Stage`]: the runtime that a competitor is run on.

use tokio::runtime::{Builder, Runtime};

use crate::competitor::Code;

/// How many threads the runtime polls tasks on.
const WORKERS: usize = 2;

/// A plan of a thousand nodes is declared by functions that call each other that deep.
const STACK: usize = 64 << 20;

/// The runtime that a competitor is run on: like a server's, with two workers.
#[derive(Debug)]
pub struct Stage {
    runtime: Runtime,
}

impl Stage {
    /// Starts the runtime.
    ///
    /// # Errors
    ///
    /// The system refuses its threads.
    pub fn new() -> Result<Self, String> {
        let runtime = Builder::new_multi_thread()
            .worker_threads(WORKERS)
            .thread_stack_size(STACK)
            .enable_all()
            .build();
        let runtime = runtime.map_err(|error| error.to_string())?;
        Ok(Self { runtime })
    }

    /// Does it so many times, and returns what came of the last time.
    pub(crate) fn run(&self, code: &Code, times: u32) -> Result<u64, String> {
        match code {
            Code::Task(batch) => {
                let task = self.runtime.spawn(batch(times));
                let joined = self.runtime.block_on(task);
                joined.map_err(|error| error.to_string())
            }
            Code::Caller(batch) => Ok(self.runtime.block_on(batch(times))),
        }
    }
}
