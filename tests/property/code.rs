//! What a node does when it runs: it takes its time and then makes a number of its inputs, fails or
//! panics.

use std::panic::resume_unwind;
use std::sync::Arc;
use std::time::Duration;

use crate::graph::{Code, End, Step};
use crate::log::{Run, Running, What};

/// The value of a dependency.
#[derive(Debug)]
pub(crate) struct Token {
    pub(crate) number: u64,
    /// While a value lives, so does the run: one that is not dropped is noticed.
    _run: Arc<Run>,
}

impl Token {
    pub(crate) fn new(number: u64, run: &Arc<Run>) -> Self {
        Self {
            number,
            _run: Arc::clone(run),
        }
    }
}

/// Makes one number of several. Their order counts.
pub(crate) fn combine(numbers: impl IntoIterator<Item = u64>) -> u64 {
    numbers
        .into_iter()
        .fold(0xcbf2_9ce4_8422_2325, |sum, number| {
            (sum ^ number)
                .wrapping_mul(0x9e37_79b9_7f4a_7c15)
                .rotate_left(29)
        })
}

/// What the declared node of that number makes of its inputs.
pub(crate) fn value(declared: usize, inputs: impl IntoIterator<Item = u64>) -> u64 {
    combine([0, declared as u64].into_iter().chain(inputs))
}

/// Runs the code of an async node.
pub(crate) async fn run_async(code: &Code, running: Running, value: u64) -> Result<u64, String> {
    for step in &code.steps {
        match step {
            Step::Yield => tokio::task::yield_now().await,
            Step::Sleep => tokio::time::sleep(Duration::from_micros(300)).await,
            Step::Task => {
                let task = tokio::spawn(async {});
                task.await.expect("the task does nothing");
            }
        }
    }
    end(code.end, running, value)
}

/// Runs the code of a node that blocks, or that computes for a moment.
pub(crate) fn run_plain(code: &Code, running: Running, value: u64) -> Result<u64, String> {
    for step in &code.steps {
        match step {
            Step::Yield => std::thread::yield_now(),
            Step::Task => std::thread::sleep(Duration::from_micros(20)),
            Step::Sleep => std::thread::sleep(Duration::from_micros(300)),
        }
    }
    end(code.end, running, value)
}

fn end(end: End, running: Running, value: u64) -> Result<u64, String> {
    match end {
        End::Value => {
            running.end(What::Made);
            Ok(value)
        }
        End::Error => {
            let error = running.member.to_string();
            running.end(What::Failed);
            Err(error)
        }
        End::Panic => {
            running.end(What::Failed);
            // A panic that no hook prints.
            resume_unwind(Box::new("drawn"));
        }
    }
}
