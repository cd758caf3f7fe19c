//! One request, as a client makes it.

use std::sync::Arc;
use std::time::Duration;

use hueless::{AfterResponse, App};
use tokio::sync::oneshot;

use super::Play;
use crate::context::Request;
use crate::declare::{Answered, resolve};
use crate::give_up::{Cue, GiveUp};
use crate::graph::Conduct;
use crate::log::{Member, What, Whose};
use crate::oracle::Answer;
use crate::scene::{Run, Scene};

/// Who makes a request.
pub(super) struct Client {
    run: Arc<Run>,
    conduct: Conduct,
    polls: Option<u8>,
    is_endless: bool,
}

impl Client {
    /// A client, and what tells when nothing of its request is left.
    pub(super) fn new(
        play: Play<'_>,
        scene: &Arc<Scene>,
        number: usize,
        conduct: &Conduct,
    ) -> (Self, oneshot::Receiver<()>) {
        let Play {
            graph,
            expected,
            executor,
            ..
        } = play;
        let (events, polls) = expected.cut(graph, conduct);
        let (run, is_over) = Run::new(scene, Whose::Request(number), Cue::after(events));
        let client = Self {
            run,
            conduct: conduct.clone(),
            polls,
            is_endless: expected.is_endless(graph, executor),
        };
        (client, is_over)
    }

    /// Makes the request: the answer, or `None` if it was given up.
    pub(super) async fn request(self, app: App) -> Option<Answer> {
        let Self {
            run,
            conduct,
            polls,
            is_endless,
        } = self;
        let request = Request::new(conduct.is_without_body);
        let request = resolve(app, Arc::clone(&run), request);
        let answered = GiveUp::new(request, &run, polls, is_endless).await;
        if run.graph().has_gates() {
            // What must not happen before the gate opens has time to.
            tokio::time::sleep(Duration::from_millis(1)).await;
        }
        run.gate.open();
        let answer = answered.map(|answered| {
            let (answer, after_response) = parts(answered);
            run.log(Member::All, What::Responding);
            match after_response {
                Some(after_response) if conduct.is_sent => after_response.sent(),
                after_response => drop(after_response),
            }
            answer
        });
        tokio::task::yield_now().await;
        run.give_back();
        answer
    }

    /// Makes the request, and waits for the answer alone.
    pub(super) async fn only_answer(self, app: App) -> Answer {
        let request = Request::new(self.conduct.is_without_body);
        parts(resolve(app, self.run, request).await).0
    }
}

fn parts(answered: Answered) -> (Answer, Option<AfterResponse>) {
    match answered {
        Ok(reply) => {
            let (returned, after_response) = reply.into_parts();
            (returned.into(), Some(after_response))
        }
        Err(rejection) => (rejection.why.into(), rejection.after_response),
    }
}
