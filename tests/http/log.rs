//! A log of what happened, in order. Each app has one, as a singleton.

use std::sync::{Arc, Mutex, PoisonError};

use hueless::{App, Call, Depends, dependency, handler};

#[derive(Debug, Clone, Default)]
pub(crate) struct Log(Arc<Mutex<Vec<String>>>);

impl Log {
    pub(crate) fn write(&self, event: impl Into<String>) {
        self.events().push(event.into());
    }

    /// What was written since it was last asked.
    pub(crate) fn take(&self) -> Vec<String> {
        std::mem::take(&mut self.events())
    }

    fn events(&self) -> std::sync::MutexGuard<'_, Vec<String>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// The log of an app.
    pub(crate) async fn of(app: &App) -> Self {
        app.run(read_log::handler, Call::new())
            .await
            .expect("a log cannot fail")
    }
}

#[dependency(singleton, inline)]
pub(crate) fn log() -> Log {
    Log::default()
}

#[handler(inline)]
fn read_log(log: Depends<log>) -> Log {
    Log::clone(&log)
}
