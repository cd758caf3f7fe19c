//! Apps whose one thread for whatever blocks is taken.

use std::time::Duration;

use hueless::{App, AppBuilder, Call, Input, handler};
use tokio::task::JoinHandle;

use crate::support::Signal;

/// Has an app make do with one thread, also after a stall.
pub(crate) fn one_thread<C>(builder: AppBuilder<C>) -> AppBuilder<C> {
    let builder = builder.blocking_limit(1).after_limit(1);
    builder.stall(Duration::MAX)
}

#[derive(Clone, Copy)]
struct Signals {
    occupied: &'static Signal,
    free: &'static Signal,
}

#[handler]
fn occupy(Input(signals): Input<Signals>) {
    signals.occupied.give();
    signals.free.wait_blocking();
}

/// A request that keeps the thread of an app.
pub(crate) struct Occupant(JoinHandle<()>);

impl Occupant {
    /// Takes the thread until `free` is given.
    pub(crate) async fn of(app: &App, occupied: &'static Signal, free: &'static Signal) -> Self {
        occupied.reset();
        free.reset();
        let call = Call::new().with(Signals { occupied, free });
        let request = app.run(occupy::handler, call);
        let request = tokio::spawn(async { request.await.expect("no failure") });
        occupied.wait_for_ever().await;
        Self(request)
    }

    /// Waits until the thread is free.
    pub(crate) async fn leaves(self) {
        self.0.await.expect("no panic");
    }
}
