//! Values that are counted while they live. Each app counts its own.

use hueless::{App, Call, Depends, dependency, handler};
use tokio::sync::watch;

/// How many values live.
#[derive(Debug, Clone)]
pub(crate) struct Count(watch::Sender<usize>);

impl Count {
    /// The count of an app.
    pub(crate) async fn of(app: &App) -> Self {
        app.run(read_count::handler, Call::new())
            .await
            .expect("a count cannot fail")
    }

    /// A value that lives from now on.
    pub(crate) fn value(&self) -> Counted {
        self.0.send_modify(|living| *living += 1);
        Counted(self.clone())
    }

    /// Waits until so many live.
    pub(crate) async fn reaches(&self, expected: usize) {
        let mut living = self.0.subscribe();
        let reached = living.wait_for(|living| *living == expected).await;
        drop(reached.expect("the sender is here"));
    }
}

#[derive(Debug)]
pub(crate) struct Counted(Count);

impl Drop for Counted {
    fn drop(&mut self) {
        self.0.0.send_modify(|living| *living -= 1);
    }
}

#[dependency(singleton, inline)]
pub(crate) fn count() -> Count {
    Count(watch::Sender::new(0))
}

#[handler(inline)]
fn read_count(count: Depends<count>) -> Count {
    Count::clone(&count)
}
