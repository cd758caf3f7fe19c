//! What is said through `tracing` on the thread of one test.

use std::fmt::Debug;
use std::sync::{Arc, Mutex, Once};

use tracing::field::{Field, Visit};
use tracing::subscriber::DefaultGuard;
use tracing::{Event, Subscriber};
use tracing_subscriber::layer::{Context, Layer, SubscriberExt};

/// The messages so far, each with its level.
#[derive(Clone, Default)]
pub(crate) struct Log(Arc<Mutex<Vec<String>>>);

impl Log {
    /// Listens on this thread, until the guard is dropped.
    pub(crate) fn listen() -> (Self, DefaultGuard) {
        // Where the only subscriber is that of one thread, an event that another thread comes to first
        // is taken for one that nobody listens to.
        static EVERYWHERE: Once = Once::new();
        EVERYWHERE.call_once(|| {
            let everywhere = tracing_subscriber::registry();
            tracing::subscriber::set_global_default(everywhere).expect("the only one");
        });
        let log = Self::default();
        let subscriber = tracing_subscriber::registry().with(log.clone());
        (log, tracing::subscriber::set_default(subscriber))
    }

    /// What was said since it was last asked.
    pub(crate) fn take(&self) -> Vec<String> {
        std::mem::take(&mut self.0.lock().expect("no panic"))
    }
}

impl<S: Subscriber> Layer<S> for Log {
    fn on_event(&self, event: &Event<'_>, _: Context<'_, S>) {
        if !event.metadata().target().starts_with("hueless") {
            return;
        }
        let mut message = Message(event.metadata().level().to_string());
        event.record(&mut message);
        self.0.lock().expect("no panic").push(message.0);
    }
}

/// A level, and what is said.
struct Message(String);

impl Visit for Message {
    fn record_debug(&mut self, field: &Field, value: &dyn Debug) {
        if field.name() == "message" {
            self.0 = format!("{} {value:?}", self.0);
        }
    }
}
