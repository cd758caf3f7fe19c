//! A flight: the run of its own that makes a singleton.

use std::sync::Arc;

use futures_util::FutureExt;

use super::{RootCode, resolve};
use crate::app::App;
use crate::context::Context;
use crate::failure::Failure;
use crate::lifetime::Value;
use crate::meta::Meta;
use crate::plan::{Builder, Own, SingletonCode, Solo};
use crate::singleton::SingletonFailure;

/// The value of a singleton, made now if it is not, or the rejection of what made it fail.
pub(super) async fn wait<C: Context>(
    app: App,
    singleton: &SingletonCode<C>,
) -> Result<Value, C::Rejection> {
    let (meta, own) = (singleton.cell.meta(), singleton.own);
    let made = Arc::clone(&singleton.cell).wait(|| make(app.clone(), meta, own).boxed());
    made.await.map_err(|failure| match failure {
        SingletonFailure::Failure(failure) => C::fail(failure),
        SingletonFailure::Error(error, type_name) => singleton
            .errors
            .iter()
            .find_map(|convert| convert(&*error))
            .unwrap_or_else(|| C::fail(Failure::singleton(meta.name, type_name))),
    })
}

async fn make(app: App, meta: &'static Meta, own: Own) -> Result<Value, SingletonFailure> {
    let plan = Builder::build(&app, meta, app.is_sequential(), own)
        .map_err(|error| SingletonFailure::Failure(Failure::plan(error)))?;
    resolve(app, Arc::new(plan), Solo, RootCode::InPlan).await
}
