//! Runs drawn graphs on a runtime.

use std::fmt;
use std::sync::Arc;
use std::time::{Duration, Instant};

use hueless::App;
use tokio::runtime::{Builder, Runtime};

use crate::context::Rejection;
use crate::declare::resolve;
use crate::graph::Graph;
use crate::log::{Log, Run};
use crate::oracle::Answer;

/// A kind of runtime.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Flavour {
    MultiThread,
    CurrentThread,
}

impl fmt::Display for Flavour {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(match self {
            Self::MultiThread => "multi-thread runtime",
            Self::CurrentThread => "current-thread runtime",
        })
    }
}

/// A runtime to run graphs on.
#[derive(Debug)]
pub(crate) struct Stage {
    flavour: Flavour,
    runtime: Runtime,
}

/// What came of one run.
#[derive(Debug)]
pub(crate) struct Played {
    pub(crate) answer: Answer,
    pub(crate) log: Log,
    pub(crate) hops: u64,
}

impl Stage {
    pub(crate) fn new(flavour: Flavour) -> Self {
        let mut builder = match flavour {
            Flavour::MultiThread => Builder::new_multi_thread(),
            Flavour::CurrentThread => Builder::new_current_thread(),
        };
        let runtime = builder.worker_threads(2).enable_time().build();
        Self {
            flavour,
            runtime: runtime.expect("the system gives a runtime its threads"),
        }
    }

    /// Resolves a graph and waits until nothing of the run is left.
    pub(crate) fn play(
        &self,
        app: &App,
        graph: &Arc<Graph>,
        patience: Duration,
    ) -> Result<Played, String> {
        let run = Run::new(graph);
        let hops_before = app.stats().hops;
        let resolved = resolve(app.clone(), Arc::clone(&run));
        let answered = match self.flavour {
            Flavour::CurrentThread => self
                .runtime
                .block_on(async { tokio::time::timeout(patience, resolved).await })
                .ok(),
            Flavour::MultiThread => {
                let task = self.runtime.spawn(resolved);
                let in_time = async { tokio::time::timeout(patience, task).await };
                match self.runtime.block_on(in_time) {
                    Ok(Ok(answered)) => Some(answered),
                    Ok(Err(error)) => return Err(format!("the driver stopped: {error}")),
                    Err(_) => None,
                }
            }
        };
        let Some(answered) = answered else {
            return Err(format!("it hangs:\n{}", run.logged()));
        };
        wait_until_released(&run, patience)?;
        Ok(Played {
            answer: answer(answered),
            log: run.logged(),
            hops: app.stats().hops - hops_before,
        })
    }
}

/// Waits for blocking nodes that still run, and until every value is dropped.
fn wait_until_released(run: &Arc<Run>, patience: Duration) -> Result<(), String> {
    let begun = Instant::now();
    while Arc::strong_count(run) > 1 {
        if begun.elapsed() > patience {
            let log = run.logged();
            return Err(format!("something of the run is never dropped:\n{log}"));
        }
        std::thread::sleep(Duration::from_micros(20));
    }
    Ok(())
}

fn answer(answered: Result<u64, Rejection>) -> Answer {
    match answered {
        Ok(value) => Answer::Value(value),
        Err(Rejection::Error(error)) => Answer::Error(error),
        Err(Rejection::Failure(failure)) => {
            let said = failure.to_string();
            match said
                .strip_prefix('`')
                .and_then(|rest| rest.strip_suffix("` panicked"))
            {
                Some(name) if failure.is_panic() => Answer::Panic(name.to_owned()),
                _ => Answer::Other(said),
            }
        }
    }
}
