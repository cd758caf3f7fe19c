//! [`Settings`]: what the builder of an app sets.

use std::sync::Arc;
use std::time::Duration;

use super::PollOnLane;
use crate::explain::Sampler;
use crate::lane::LaneSettings;
use crate::scope::Locals;

/// What the builder of an app sets.
#[derive(Debug)]
pub(crate) struct Settings {
    pub(crate) locals: Locals,
    pub(crate) poll_on_lane: PollOnLane,
    pub(crate) sequential: bool,
    /// How long a singleton that failed is not tried again.
    pub(crate) retry_after: Duration,
    pub(crate) lane: LaneSettings,
    /// [`UNLIMITED`](crate::timer::UNLIMITED) for as long as it takes.
    pub(crate) teardown_timeout: Duration,
    /// `None` for as long as it takes.
    pub(crate) body_timeout: Option<Duration>,
    /// How long a node may hold an executor thread without being named; `None` to name none.
    pub(crate) slow_poll: Option<Duration>,
    /// Who decides what is written down, and gets it.
    pub(crate) explain: Vec<Arc<dyn Sampler>>,
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            locals: Locals::default(),
            poll_on_lane: PollOnLane::default(),
            sequential: false,
            retry_after: Duration::from_secs(1),
            lane: LaneSettings::default(),
            teardown_timeout: Duration::from_secs(30),
            body_timeout: Some(Duration::from_secs(30)),
            slow_poll: cfg!(debug_assertions).then_some(Duration::from_millis(50)),
            explain: Vec::new(),
        }
    }
}
