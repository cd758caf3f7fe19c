//! The end of singletons: with the app, and not with the runs that made them.

use tokio::runtime::Handle;
use tokio_util::sync::DropGuard;
use tracing::Instrument;

use super::step::{self, Which};
use super::surroundings::{Ground, Surroundings};
use crate::app::App;
use crate::block::AnyKept;
use crate::lane::{Lane, On, Sitting};
use crate::meta::Colour;
use crate::outcome::Outcome;
use crate::scope::Scope;
use crate::singleton::Made;
use crate::unwind::discard;
use crate::value::{Use, Value};

/// Ends all singletons of an app, the last that was made first. Returns whether none is left: some
/// are if this is not called on a runtime, or if that goes away.
///
/// # Cancel safety
///
/// What has begun goes on when the future is dropped, and whoever calls this again waits for it.
pub(crate) async fn end_singletons(app: &App) -> bool {
    while let Some((over, is_new)) = app.singletons().ending() {
        if is_new {
            let guard = over.clone().drop_guard();
            let Ok(runtime) = Handle::try_current() else {
                return false;
            };
            drop(runtime.spawn(end_all(app.clone(), guard)));
        }
        over.cancelled().await;
        if is_new {
            return app.singletons().not_ended().is_empty();
        }
    }
    true
}

async fn end_all(app: App, _over: DropGuard) {
    while let Some(made) = app.singletons().take_last() {
        let span = tracing::info_span!(parent: None, "singleton", name = made.meta.name);
        end(&app, made).instrument(span).await;
    }
}

/// Tears one down, then drops it.
async fn end(app: &App, made: Made) {
    let Made {
        meta,
        value,
        torn_down_by,
    } = made;
    let ground = Ground {
        scope: Scope::capture(&app.settings().locals),
        lane: Lane::of(app.clone(), On::Own, Sitting::None),
        recording: None,
    };
    let value = Value::Shared(AnyKept::apart(value), Use::default());
    let Some(plan) = torn_down_by else {
        if matches!(meta.colour, Colour::Plain | Colour::Cpu) {
            step::drop_on_lane(&ground, value).await;
        } else {
            discard(value);
        }
        return;
    };
    let root = plan.root();
    step::notice_who_outlives(&plan, root, value.other_handles());
    let surroundings = Surroundings { ground, plan };
    let (outcome, which) = (Outcome::Completed, Which::TEARDOWN);
    let ended = step::end(&surroundings, root, value, outcome, which).await;
    if let Err(trouble) = ended {
        tracing::error!(
            singleton = meta.name,
            place = %meta.place,
            error = trouble.text(),
            "a teardown failed"
        );
    }
}
