//! The default app: one for each runtime, for as long as that runtime lives.
//!
//! Two runtimes in one process, such as two `#[tokio::test]`s, must not share a pool that belongs to
//! one of them. A task that never ends holds the app; it is dropped with its runtime.

use std::cell::RefCell;
use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError, Weak};

use tokio::runtime::{Handle, Id};

use super::{App, IsShared};

static APPS: Mutex<Option<HashMap<Id, Weak<dyn IsShared>>>> = Mutex::new(None);

thread_local! {
    /// The last one this thread asked for: a thread rarely serves two runtimes.
    static LAST: RefCell<Option<(Id, Weak<dyn IsShared>)>> = const { RefCell::new(None) };
}

impl App {
    /// The default app of the current runtime, which serves where none was installed.
    ///
    /// ```
    /// # tokio::runtime::Builder::new_current_thread().build().unwrap().block_on(async {
    /// let stats = hueless::App::current().stats();
    /// assert_eq!(stats.hops, 0);
    /// # });
    /// ```
    ///
    /// Outside of a runtime it is an app of its own each time.
    #[must_use]
    pub fn current() -> Self {
        let Ok(runtime) = Handle::try_current() else {
            return Self::new();
        };
        let id = runtime.id();
        let last = LAST.with_borrow(|last| {
            let (last_id, app) = last.as_ref()?;
            if *last_id == id { app.upgrade() } else { None }
        });
        let shared = last.unwrap_or_else(|| {
            let shared = of_runtime(&runtime);
            LAST.set(Some((id, Arc::downgrade(&shared))));
            shared
        });
        Self { shared }
    }
}

fn of_runtime(runtime: &Handle) -> Arc<dyn IsShared> {
    let mut apps = APPS.lock().unwrap_or_else(PoisonError::into_inner);
    let apps = apps.get_or_insert_default();
    if let Some(shared) = apps.get(&runtime.id()).and_then(Weak::upgrade) {
        return shared;
    }
    apps.retain(|_, app| app.strong_count() > 0);
    let app = App::new();
    apps.insert(runtime.id(), Arc::downgrade(&app.shared));
    let shared = Arc::clone(&app.shared);
    drop(runtime.spawn(async move {
        std::future::pending::<()>().await;
        drop(app);
    }));
    shared
}
