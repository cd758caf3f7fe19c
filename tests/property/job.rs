//! Work for after the response.

use std::sync::Arc;

use hueless::{Background, Outcome};

use crate::ending::Ends;
use crate::graph::{Code, End};
use crate::log::{Member, What, Which};
use crate::scene::Run;

/// A piece of work of the handler.
struct Job {
    background: Background,
    run: Arc<Run>,
    number: usize,
    has_begun: bool,
}

/// Adds all that the handler leaves for later.
pub(crate) fn add_all(run: &Arc<Run>, background: &Background) {
    for (number, drawn) in run.graph().handler.jobs.iter().enumerate() {
        let job = Job {
            background: background.clone(),
            run: Arc::clone(run),
            number,
            has_begun: false,
        };
        if drawn.is_plain {
            background.add(move || {
                let (run, ends) = job.begin();
                ends.run_plain(&run.graph().handler.jobs[number].code)
            });
        } else {
            background.add(async move {
                let (run, ends) = job.begin();
                ends.run_async(&run.graph().handler.jobs[number].code).await
            });
        }
    }
}

/// Leaves more for later.
pub(crate) fn leave(run: &Arc<Run>, background: &Background, which: Which, number: usize) {
    let run = Arc::clone(run);
    background.add(async move {
        let member = Member::Left(which, number);
        let nothing = Code {
            steps: Vec::new(),
            end: End::Value,
        };
        let outcome = Outcome::Completed;
        let ends = Ends::begin(&run, member, Box::new(()), Which::Background, outcome);
        ends.run_async(&nothing).await
    });
}

impl Job {
    fn begin(mut self) -> (Arc<Run>, Ends) {
        self.has_begun = true;
        let (run, member) = (Arc::clone(&self.run), Member::Job(self.number));
        if run.graph().handler.jobs[self.number].leaves {
            leave(&run, &self.background, Which::Background, self.number);
        }
        // It runs only then.
        let outcome = Outcome::Completed;
        let ends = Ends::begin(&run, member, Box::new(()), Which::Background, outcome);
        (run, ends)
    }
}

impl Drop for Job {
    fn drop(&mut self) {
        if !self.has_begun {
            self.run.log(Member::Job(self.number), What::Forgotten);
        }
    }
}
