//! What a node does when it runs: it takes its time and then makes a number of its inputs, fails or
//! panics.

use std::any::Any;
use std::panic::resume_unwind;
use std::sync::Arc;
use std::time::Duration;

use hueless::{Background, Cancellation};

use crate::gate::Gate;
use crate::graph::{Code, End, Step};
use crate::job;
use crate::log::{Member, What};
use crate::scene::Run;

/// The value of a dependency.
#[derive(Debug)]
pub(crate) struct Token {
    pub(crate) number: u64,
    pub(crate) member: Member,
    /// It may be kept: it tells nothing when the handler has returned.
    pub(crate) token: Option<Cancellation>,
    /// For what its end leaves for later.
    pub(crate) background: Option<Background>,
    /// While a value lives, so does the run: one that is not dropped is noticed.
    pub(crate) run: Arc<Run>,
}

impl Drop for Token {
    fn drop(&mut self) {
        self.run.log(self.member, What::Gone);
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

/// What a member makes of its inputs.
pub(crate) fn value(member: Member, inputs: impl IntoIterator<Item = u64>) -> u64 {
    let name = match member {
        Member::Declared(number) => [0, number as u64, 0],
        Member::Own(singleton, number) => [2, singleton as u64, number as u64],
        Member::Read(..) | Member::Job(_) | Member::Left(..) | Member::All => {
            unreachable!("these take no inputs")
        }
    };
    combine(name.into_iter().chain(inputs))
}

/// What a member has taken, and holds for as long as it runs.
#[derive(Default)]
pub(crate) struct Taken {
    pub(crate) numbers: Vec<u64>,
    pub(crate) token: Option<Cancellation>,
    pub(crate) background: Option<Background>,
    pub(crate) held: Vec<Box<dyn Any + Send>>,
}

/// A member that runs.
pub(crate) struct Running {
    run: Arc<Run>,
    member: Member,
    value: u64,
    token: Option<Cancellation>,
    has_ended: bool,
    /// The last field: it is let go when the end is logged.
    held: Vec<Box<dyn Any + Send>>,
}

impl Running {
    /// Starts a node.
    pub(crate) fn start(run: &Arc<Run>, member: Member, taken: Taken) -> Self {
        let value = value(member, taken.numbers);
        let mut running = Self::start_with(run, member, value);
        running.token = taken.token;
        running.held = taken.held;
        if let Some(background) = &taken.background {
            job::add_all(run, background);
        }
        running
    }

    /// Starts what makes that value.
    pub(crate) fn start_with(run: &Arc<Run>, member: Member, value: u64) -> Self {
        run.log(member, What::Started);
        Self {
            run: Arc::clone(run),
            member,
            value,
            token: None,
            has_ended: false,
            held: Vec::new(),
        }
    }

    /// Runs the code of what is async.
    pub(crate) async fn run_async(self, code: &Code) -> Result<u64, String> {
        for step in &code.steps {
            wait(*step, &self.run.gate, self.token.clone()).await;
        }
        self.end(code.end)
    }

    /// Runs the code of what blocks, or of what computes for a moment.
    pub(crate) fn run_plain(self, code: &Code) -> Result<u64, String> {
        for step in &code.steps {
            block(*step, &self.run.gate, self.token.as_ref());
        }
        self.end(code.end)
    }

    fn end(mut self, end: End) -> Result<u64, String> {
        self.has_ended = true;
        if self.token.as_ref().is_some_and(Cancellation::is_cancelled) {
            self.run.log(self.member, What::Told);
        }
        let what = match end {
            End::Value => What::Made,
            End::Error | End::Panic => What::Failed,
        };
        self.run.log(self.member, what);
        match end {
            End::Value => Ok(self.value),
            End::Error => Err(self.member.to_string()),
            // A panic that no hook prints.
            End::Panic => resume_unwind(Box::new("drawn")),
        }
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        if !self.has_ended {
            self.run.log(self.member, What::Dropped);
        }
    }
}

pub(crate) async fn wait(step: Step, gate: &Gate, token: Option<Cancellation>) {
    match step {
        Step::Yield => tokio::task::yield_now().await,
        Step::Sleep => tokio::time::sleep(Duration::from_micros(300)).await,
        Step::Task => {
            let task = tokio::spawn(async {});
            task.await.expect("the task does nothing");
        }
        Step::Gate => gate.pass().await,
        Step::Told => match token {
            Some(token) => token.cancelled().await,
            None => gate.pass().await,
        },
    }
}

pub(crate) fn block(step: Step, gate: &Gate, token: Option<&Cancellation>) {
    match (step, token) {
        (Step::Yield, _) => std::thread::yield_now(),
        (Step::Task, _) => std::thread::sleep(Duration::from_micros(20)),
        (Step::Sleep, _) => std::thread::sleep(Duration::from_micros(300)),
        (Step::Told, Some(token)) => {
            while !token.is_cancelled() {
                std::thread::sleep(Duration::from_micros(50));
            }
        }
        (Step::Gate, _) | (Step::Told, None) => gate.pass_blocking(),
    }
}
