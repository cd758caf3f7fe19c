//! Plays drawn graphs on a runtime: an app, its requests, and its end.

mod request;

use std::fmt;
use std::sync::Arc;
use std::time::Duration;

use hueless::{App, StillRunning};
use tokio::runtime::{Builder, Handle, Runtime};
use tokio::task::JoinHandle;
use tokio::time::timeout;

use self::request::Client;
use crate::context::Request;
use crate::declare::begin_request;
use crate::give_up::Cue;
use crate::graph::Graph;
use crate::log::{Event, Member, What, Whose};
use crate::oracle::{Answer, Executor, Expected};
use crate::scene::{RUN, Run, Scene, install};

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

/// A runtime to play graphs on.
#[derive(Debug)]
pub(crate) struct Stage {
    flavour: Flavour,
    runtime: Runtime,
}

/// What came of one app.
#[derive(Debug)]
pub(crate) struct Played {
    /// By request. `None` if it was given up.
    pub(crate) answers: Vec<Option<Answer>>,
    pub(crate) events: Vec<Event>,
    pub(crate) hops: u64,
}

impl Played {
    /// The log as text.
    pub(crate) fn log(&self) -> String {
        let lines = self.events.iter().map(|event| format!("  {event}\n"));
        lines.collect()
    }
}

/// What is played.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Play<'play> {
    pub(crate) graph: &'play Arc<Graph>,
    pub(crate) expected: &'play Expected,
    pub(crate) executor: Executor,
    /// How often the requests are made.
    pub(crate) rounds: usize,
    /// How long it may take before it counts as hanging.
    pub(crate) patience: Duration,
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

    /// Plays a graph in an app of its own, until nothing of that is left.
    pub(crate) fn play(&mut self, play: Play<'_>) -> Result<Played, String> {
        let scene = Scene::new(play.graph);
        let played = self.runtime.block_on(play.in_scene(&scene));
        played.map_err(|reason| {
            // What hangs is left behind, on the runtime that it hangs on.
            scene.open_gates();
            let stuck = std::mem::replace(self, Self::new(self.flavour));
            stuck.runtime.shutdown_background();
            format!("{reason}\n{}", scene.log())
        })
    }
}

impl Play<'_> {
    async fn in_scene(self, scene: &Arc<Scene>) -> Result<Played, String> {
        let (own, own_is_over) = Run::new(scene, Whose::App, Cue::default());
        install(&own);
        let app = self.app();
        let mut left = Vec::new();
        let mut answers = Vec::new();
        let mut together: Vec<JoinHandle<Option<Answer>>> = Vec::new();
        let mut end = None;
        let last = self.rounds * self.graph.requests.len() - 1;
        for number in 0..=last {
            let conduct = &self.graph.requests[number % self.graph.requests.len()];
            if !conduct.is_with_previous {
                self.answered(&mut together, &mut answers).await?;
            }
            if let (true, Some(yields)) = (number == last, self.graph.shut_down_early) {
                end = Some(self.shut_down(&app, &own, yields));
            }
            let (client, is_over) = Client::new(self, scene, number, conduct);
            left.push(is_over);
            together.push(tokio::spawn(client.request(app.clone())));
        }
        self.answered(&mut together, &mut answers).await?;
        // What is late behind a singleton comes now.
        own.gate.open();
        let end = end.unwrap_or_else(|| self.shut_down(&app, &own, 0));
        let end = end
            .await
            .map_err(|error| format!("the shutdown stopped: {error}"))?;
        end.map_err(|running| running.to_string())?;
        self.is_refused(&app, scene).await?;

        let hops = app.stats().hops;
        drop((app, own));
        left.push(own_is_over);
        for (number, is_over) in left.into_iter().enumerate() {
            let is_over = timeout(self.patience, is_over).await;
            drop(is_over.map_err(|_| format!("something of request {number} is left"))?);
        }
        self.nothing_runs().await?;
        Ok(Played {
            answers,
            events: scene.events(),
            hops,
        })
    }

    fn app(&self) -> App {
        let app = App::builder()
            .propagate(&RUN)
            .poll_on_lane(self.graph.poll_on_lane)
            // A singleton that failed has failed.
            .retry_after(Duration::from_secs(3_600))
            .teardown_timeout(Duration::from_secs(3_600));
        let app = match self.executor {
            Executor::Sequential => app.sequential(),
            Executor::Concurrent => app,
        };
        let replaced = self.graph.nodes.iter().filter_map(|node| node.replaces);
        let mut app = app.on::<Request>();
        for node in replaced {
            app = (self.graph.nodes[node].slot.entry().replace)(app);
        }
        // What stands for others is looked at when the app is built.
        begin_request(self.graph);
        app.build().expect("nothing is set wrongly")
    }

    /// Waits for requests that were made at the same time.
    async fn answered(
        &self,
        together: &mut Vec<JoinHandle<Option<Answer>>>,
        answers: &mut Vec<Option<Answer>>,
    ) -> Result<(), String> {
        for request in together.drain(..) {
            let answer = timeout(self.patience, request).await;
            let answer = answer.map_err(|_| "it hangs")?;
            answers.push(answer.map_err(|error| format!("a request stopped: {error}"))?);
        }
        Ok(())
    }

    /// Shuts the app down, on a task of its own.
    fn shut_down(
        &self,
        app: &App,
        own: &Arc<Run>,
        yields: u8,
    ) -> JoinHandle<Result<(), StillRunning>> {
        let (app, own, patience) = (app.clone(), Arc::clone(own), self.patience);
        tokio::spawn(async move {
            for _ in 0..yields {
                tokio::task::yield_now().await;
            }
            own.log(Member::All, What::ShuttingDown);
            let ended = app.shutdown(patience).await;
            own.log(Member::All, What::ShutDown);
            ended
        })
    }

    /// Makes a request of an app that is shut down.
    async fn is_refused(&self, app: &App, scene: &Arc<Scene>) -> Result<(), String> {
        let conduct = &self.graph.requests[0];
        let (client, is_over) = Client::new(*self, scene, usize::MAX, conduct);
        let answer = client.only_answer(app.clone()).await;
        drop(is_over.await);
        if answer == Answer::ShuttingDown {
            return Ok(());
        }
        Err(format!("the app is shut down, but answered {answer:?}"))
    }

    /// Waits until the runtime has no task left.
    async fn nothing_runs(&self) -> Result<(), String> {
        let until_then = async {
            while Handle::current().metrics().num_alive_tasks() > 0 {
                tokio::task::yield_now().await;
            }
        };
        let ended = timeout(self.patience, until_then).await;
        ended.map_err(|_| "a task never ends".to_owned())
    }
}
