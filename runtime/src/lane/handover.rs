//! [`handover`]: one value from a thread to a task, which finds that the thread has given its seat back,
//! and is woken when the thread is free.

use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll, Waker};

use futures_util::task::AtomicWaker;
use tokio::sync::oneshot;

use super::current::leave_seat;

/// The two ends.
pub(crate) fn handover<T>() -> (Giver<T>, Taker<T>) {
    let (sender, receiver) = oneshot::channel();
    let waker = Arc::<AtomicWaker>::default();
    let giver = Giver {
        sender: Some(sender),
        waker: Arc::clone(&waker),
    };
    (giver, Taker { receiver, waker })
}

/// The end of the thread. Dropped, it has nothing to give.
pub(crate) struct Giver<T> {
    sender: Option<oneshot::Sender<T>>,
    waker: Arc<AtomicWaker>,
}

impl<T> Giver<T> {
    /// Whether nobody waits any more.
    pub(crate) fn is_unwanted(&self) -> bool {
        self.sender.as_ref().is_none_or(oneshot::Sender::is_closed)
    }

    /// Gives the value, and the seat back before. Returns whom to wake.
    pub(crate) fn give(mut self, value: T) -> Option<Waker> {
        leave_seat();
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

/// The end of the task: waits for the value, and has none if there is none.
pub(crate) struct Taker<T> {
    receiver: oneshot::Receiver<T>,
    waker: Arc<AtomicWaker>,
}

impl<T> Future for Taker<T> {
    type Output = Option<T>;

    fn poll(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<T>> {
        self.waker.register(context.waker());
        match self.receiver.try_recv() {
            Ok(value) => Poll::Ready(Some(value)),
            Err(oneshot::error::TryRecvError::Empty) => Poll::Pending,
            Err(oneshot::error::TryRecvError::Closed) => Poll::Ready(None),
        }
    }
}
