//! [`Life`]: what still goes on for an app, so that nothing is forgotten when it shuts down.
//!
//! 1. Every run is present from before its first node until its last value is ended, wherever that
//!    goes on: in the request's future, on a thread, or on a task of the app.
//! 2. What is spawned for an app is counted too, so "nothing is present" means that nothing runs.
//! 3. Whether the app is closed and how many are present is one atomic. So who enters and then sees
//!    that it is not closed is waited for; who sees that it is closed has to leave at once.

#[cfg(feature = "inspect")]
use std::sync::OnceLock;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, PoisonError};

use tokio::runtime::Handle;
use tokio_util::task::TaskTracker;
use tokio_util::task::task_tracker::TaskTrackerToken;

#[cfg(feature = "inspect")]
use crate::inspect::Watched;

/// What still goes on for an app.
#[derive(Debug, Default)]
pub(crate) struct Life {
    /// Closed when new requests are refused.
    tasks: TaskTracker,
    activities: Mutex<Vec<Arc<Activity>>>,
    late: Mutex<()>,
}

impl Life {
    /// Something that the app does over and over, under the name it has in reports.
    pub(crate) fn activity(&self, name: &'static str) -> Arc<Activity> {
        let activity = Arc::new(Activity {
            name,
            counts: Default::default(),
            #[cfg(feature = "inspect")]
            watched: OnceLock::new(),
        });
        let mut activities = self
            .activities
            .lock()
            .unwrap_or_else(PoisonError::into_inner);
        // Those of plans that are gone.
        activities.retain(|activity| Arc::strong_count(activity) > 1);
        activities.push(Arc::clone(&activity));
        drop(activities);
        activity
    }

    /// Takes part until the token is dropped.
    #[inline]
    pub(crate) fn enter(&self, activity: &Arc<Activity>) -> Presence {
        let stage = Stage::Running;
        activity.count(stage).fetch_add(1, Ordering::Relaxed);
        Presence {
            activity: Arc::clone(activity),
            stage,
            _token: self.tasks.token(),
        }
    }

    #[inline]
    pub(crate) fn is_closed(&self) -> bool {
        self.tasks.is_closed()
    }

    /// Refuses new requests.
    pub(crate) fn close(&self) {
        self.tasks.close();
    }

    /// Waits until nothing is present, once the app is closed.
    pub(crate) async fn wait(&self) {
        self.tasks.wait().await;
    }

    /// Whether nothing is present.
    pub(crate) fn is_over(&self) -> bool {
        self.tasks.is_empty()
    }

    /// Takes part for what was added when nobody was sure to wait for it; `None` if the app is closed
    /// and nothing else is present, as it may have ended then.
    pub(crate) fn enter_late(&self) -> Option<TaskTrackerToken> {
        // One at a time: whoever else is counted has been let in.
        let _one = self.late.lock().unwrap_or_else(PoisonError::into_inner);
        let token = self.tasks.token();
        let is_ended = self.tasks.is_closed() && self.tasks.len() == 1;
        (!is_ended).then_some(token)
    }

    /// What is present, each thing once.
    pub(crate) fn names(&self) -> Vec<String> {
        let activities = self
            .activities
            .lock()
            .unwrap_or_else(PoisonError::into_inner);
        let mut names: Vec<String> = activities
            .iter()
            .flat_map(|activity| activity.names())
            .collect();
        names.sort();
        names.dedup();
        names
    }

    /// What plans do that are still in use.
    #[cfg(feature = "inspect")]
    pub(crate) fn activities(&self) -> Vec<Arc<Activity>> {
        let activities = self
            .activities
            .lock()
            .unwrap_or_else(PoisonError::into_inner);
        let in_use = activities
            .iter()
            .filter(|activity| Arc::strong_count(activity) > 1);
        in_use.cloned().collect()
    }

    /// Runs a future on a task of the app. Whatever it holds says itself if it is dropped undone.
    pub(crate) fn spawn(
        &self,
        runtime: &Handle,
        future: impl Future<Output = ()> + Send + 'static,
    ) {
        drop(runtime.spawn(self.tasks.track_future(future)));
    }
}

/// How far something has come.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Stage {
    /// Its nodes run.
    Running,
    /// Its values are torn down.
    Teardown,
    /// Its response is on the way.
    Responding,
    /// Its background work runs, and its values are ended after the response.
    AfterResponse,
}

/// How many of one thing go on, by stage.
#[derive(Debug)]
pub(crate) struct Activity {
    name: &'static str,
    counts: [AtomicUsize; 4],
    /// What inspectors are told of it, if it is a handler.
    #[cfg(feature = "inspect")]
    watched: OnceLock<Arc<Watched>>,
}

impl Activity {
    #[inline]
    fn count(&self, stage: Stage) -> &AtomicUsize {
        &self.counts[stage as usize]
    }

    /// How many are at a stage now.
    #[cfg(feature = "inspect")]
    pub(crate) fn present(&self, stage: Stage) -> usize {
        self.count(stage).load(Ordering::Relaxed)
    }

    /// What inspectors are told of it.
    #[cfg(feature = "inspect")]
    pub(crate) fn watched(&self) -> Option<&Arc<Watched>> {
        self.watched.get()
    }

    /// Has inspectors be told of it.
    #[cfg(feature = "inspect")]
    pub(crate) fn watch(&self, watched: Watched) {
        self.watched.get_or_init(|| Arc::new(watched));
    }

    fn names(&self) -> impl Iterator<Item = String> + '_ {
        let stages = [
            Stage::Running,
            Stage::Teardown,
            Stage::Responding,
            Stage::AfterResponse,
        ];
        let present = stages
            .into_iter()
            .filter(|&stage| self.count(stage).load(Ordering::Relaxed) > 0);
        present.map(|stage| match stage {
            Stage::Running => format!("`{}`", self.name),
            Stage::Teardown => format!("the teardown of `{}`", self.name),
            Stage::Responding => format!("the response of `{}`", self.name),
            Stage::AfterResponse => format!("what `{}` does after the response", self.name),
        })
    }
}

/// That something goes on.
#[derive(Debug)]
pub(crate) struct Presence {
    activity: Arc<Activity>,
    stage: Stage,
    _token: TaskTrackerToken,
}

impl Presence {
    /// It has come to the next stage.
    #[inline]
    pub(crate) fn moves_to(&mut self, stage: Stage) {
        self.activity.count(stage).fetch_add(1, Ordering::Relaxed);
        self.activity
            .count(self.stage)
            .fetch_sub(1, Ordering::Relaxed);
        self.stage = stage;
    }
}

impl Drop for Presence {
    #[inline]
    fn drop(&mut self) {
        self.activity
            .count(self.stage)
            .fetch_sub(1, Ordering::Relaxed);
    }
}
