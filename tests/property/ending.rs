//! What a function does that ends a value.

use std::any::Any;
use std::panic::resume_unwind;
use std::sync::Arc;

use hueless::Outcome;

use crate::code::{block, wait};
use crate::graph::{Code, End};
use crate::log::{Member, Step, What, Which};
use crate::scene::Run;

/// A function that ends a value, while it runs.
pub(crate) struct Ends {
    run: Arc<Run>,
    member: Member,
    which: Which,
    has_ended: bool,
    /// The last field: it is let go when the end is logged.
    _value: Box<dyn Any + Send>,
}

impl Ends {
    /// Begins to end a member's value.
    pub(crate) fn begin(
        run: &Arc<Run>,
        member: Member,
        value: Box<dyn Any + Send>,
        which: Which,
        outcome: Outcome,
    ) -> Self {
        let begun = What::Ending(which, Step::Begun(outcome));
        run.log(member, begun);
        run.is_found_by(member);
        Self {
            run: Arc::clone(run),
            member,
            which,
            has_ended: false,
            _value: value,
        }
    }

    pub(crate) async fn run_async(self, code: &Code) -> Result<(), String> {
        for step in &code.steps {
            wait(*step, &self.run.gate, None).await;
        }
        self.end(code.end)
    }

    pub(crate) fn run_plain(self, code: &Code) -> Result<(), String> {
        for step in &code.steps {
            block(*step, &self.run.gate, None);
        }
        self.end(code.end)
    }

    fn end(mut self, end: End) -> Result<(), String> {
        self.has_ended = true;
        self.run.is_found_by(self.member);
        self.log(Step::Ended);
        match end {
            End::Value => Ok(()),
            End::Error => Err(error(self.member)),
            // A panic that no hook prints.
            End::Panic => resume_unwind(Box::new("drawn")),
        }
    }

    fn log(&self, step: Step) {
        self.run.log(self.member, What::Ending(self.which, step));
    }
}

impl Drop for Ends {
    fn drop(&mut self) {
        if !self.has_ended {
            self.log(Step::Dropped);
        }
    }
}

/// The error of what ends a member's value.
pub(crate) fn error(member: Member) -> String {
    format!("the end of {member}")
}
