//! [`handover`]: one value from a thread to a task, which the thread wakes when it has given back all
//! that it had.

use std::sync::Arc;
use std::task::{Poll, Waker};

use futures_util::task::AtomicWaker;
use tokio::sync::oneshot;

/// The two ends.
pub(super) fn handover<T>() -> (Giver<T>, Taker<T>) {
    let (sender, receiver) = oneshot::channel();
    let waker = Arc::<AtomicWaker>::default();
    let giver = Giver {
        sender: Some(sender),
        waker: Arc::clone(&waker),
    };
    (giver, Taker { receiver, waker })
}

/// The end of the thread. Dropped, it has nothing to give.
pub(super) struct Giver<T> {
    sender: Option<oneshot::Sender<T>>,
    waker: Arc<AtomicWaker>,
}

impl<T> Giver<T> {
    /// Whether nobody waits any more.
    pub(super) fn is_unwanted(&self) -> bool {
        self.sender.as_ref().is_none_or(oneshot::Sender::is_closed)
    }

    /// Gives the value. Returns whom to wake.
    pub(super) fn give(mut self, value: T) -> Option<Waker> {
        if let Some(sender) = self.sender.take() {
            drop(sender.send(value));
        }
        self.waker.take()
    }
}

impl<T> Drop for Giver<T> {
    fn drop(&mut self) {
        if self.sender.take().is_some() {
            self.waker.wake();
        }
    }
}

/// The end of the task.
pub(super) struct Taker<T> {
    receiver: oneshot::Receiver<T>,
    waker: Arc<AtomicWaker>,
}

impl<T> Taker<T> {
    /// Waits for the value; `None` if there is none.
    pub(super) async fn take(mut self) -> Option<T> {
        std::future::poll_fn(|context| {
            self.waker.register(context.waker());
            match self.receiver.try_recv() {
                Ok(value) => Poll::Ready(Some(value)),
                Err(oneshot::error::TryRecvError::Empty) => Poll::Pending,
                Err(oneshot::error::TryRecvError::Closed) => Poll::Ready(None),
            }
        })
        .await
    }
}
