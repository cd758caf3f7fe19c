//! A flight: the run of its own that makes a singleton.

use std::sync::Arc;

use tokio::runtime::Handle;
use tracing::{Instrument, Span};

use super::{RootCode, resolve};
use crate::app::App;
use crate::context::Context;
use crate::failure::Failure;
use crate::plan::{Builder, SingletonCode};
use crate::singleton::{Landed, Landing, Made, SingletonCell, SingletonFailure};
use crate::unwind::Contained;
use crate::value::Value;

/// The value of a singleton, made now if it is not, or the rejection of what made it fail.
pub(super) async fn wait<C: Context>(
    app: App,
    singleton: &SingletonCode<C>,
) -> Result<Value, C::Rejection> {
    let made = made(&app, &singleton.cell).await;
    made.map_err(|failure| match failure {
        SingletonFailure::Failure(failure) => C::fail(failure),
        SingletonFailure::Error(error, type_name) => singleton
            .errors
            .iter()
            .find_map(|convert| convert(&*error))
            .unwrap_or_else(|| {
                let name = singleton.cell.meta().name;
                C::fail(Failure::singleton(name, type_name))
            }),
    })
}

/// The value of a singleton, made now if it is not.
///
/// # Cancel safety
///
/// When the future is dropped the singleton is made all the same.
pub(crate) async fn made(app: &App, cell: &Arc<SingletonCell>) -> Result<Value, SingletonFailure> {
    loop {
        if let Some(value) = cell.made() {
            return Ok(value);
        }
        let (flight, landing) = cell.board(app.settings().retry_after);
        let is_own = landing.is_some();
        if let Some(landing) = landing {
            take_off(app, Arc::clone(cell), landing)?;
        }
        let made = match flight.wait().await {
            // It was ended with the app, and who comes after that is refused.
            Landed::Made => cell.made().ok_or_else(Failure::shutting_down),
            Landed::Failed(failure) => return Err(failure),
            // That of another runtime, which is gone, says nothing of this one.
            Landed::CutOff if !is_own => continue,
            Landed::CutOff => Err(Failure::abandoned()),
        };
        return made.map_err(SingletonFailure::Failure);
    }
}

/// Starts a flight on a task of the app.
fn take_off(app: &App, cell: Arc<SingletonCell>, landing: Landing) -> Result<(), SingletonFailure> {
    let runtime =
        Handle::try_current().map_err(|_| SingletonFailure::Failure(Failure::no_runtime()))?;
    let name = cell.meta().name;
    let span = tracing::info_span!(parent: None, "singleton", name);
    span.follows_from(Span::current());
    let task = fly(app.clone(), cell, landing).instrument(span);
    app.life().spawn(&runtime, task);
    Ok(())
}

async fn fly(app: App, cell: Arc<SingletonCell>, landing: Landing) {
    match make(&app, &cell).await {
        Ok(made) => landing.made(app.singletons().own(made)),
        Err(failure) => {
            tracing::error!(
                singleton = cell.meta().name,
                place = %cell.meta().place,
                error = app.singletons().error_texts().describe(&failure),
                "a singleton could not be made"
            );
            landing.failed(failure);
        }
    }
}

async fn make(app: &App, cell: &SingletonCell) -> Result<Made, SingletonFailure> {
    let meta = cell.meta();
    let plan = Builder::build(app, meta, app.settings().sequential, cell.own())
        .map_err(|error| SingletonFailure::Failure(Failure::plan(error)))?;
    let is_torn_down = plan.ends_root();
    let plan = Arc::new(plan);
    let (made, _nothing) = resolve(
        app.clone(),
        Arc::clone(&plan),
        Contained::empty(),
        RootCode::InPlan,
        None,
    )
    .await;
    let value = match made? {
        Value::Shared(value, _) => value.into_apart(),
        // A transient one would be owned by its reader.
        Value::Owned(..) | Value::Failure(_) => None,
    };
    let internal = || SingletonFailure::Failure(Failure::internal(meta.name));
    Ok(Made {
        meta,
        value: value.ok_or_else(internal)?,
        torn_down_by: is_torn_down.then_some(plan),
    })
}
