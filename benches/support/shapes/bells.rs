//! [`Bells`]: where nodes wait until somebody rings for them.

use std::collections::VecDeque;
use std::future::poll_fn;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::task::{Poll, Waker};

/// Where the nodes of a request wait until somebody rings for them. One request at a time.
#[derive(Debug)]
pub struct Bells {
    state: Mutex<State>,
    polls: AtomicU64,
    waits: AtomicU64,
}

#[derive(Debug)]
struct State {
    /// Those who wait, the first to come first.
    queue: VecDeque<usize>,
    /// By node.
    wakers: Vec<Option<Waker>>,
    has_rung: Vec<bool>,
    /// Who rings, while nobody waits.
    ringer: Option<Waker>,
}

/// Who is rung for at a time.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Ringing {
    /// All who wait.
    Together,
    /// The one who has waited longest; then the request gets its turn.
    OneByOne,
}

impl Bells {
    /// For so many nodes.
    #[must_use]
    pub fn new(nodes: usize) -> Self {
        Self {
            state: Mutex::new(State {
                queue: VecDeque::with_capacity(nodes),
                wakers: vec![None; nodes],
                has_rung: vec![false; nodes],
                ringer: None,
            }),
            polls: AtomicU64::new(0),
            waits: AtomicU64::new(0),
        }
    }

    /// How often the future of a node that waits was polled, on average.
    #[must_use]
    pub fn polls(&self) -> f64 {
        let polls = self.polls.load(Ordering::Relaxed);
        polls as f64 / self.waits.load(Ordering::Relaxed).max(1) as f64
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Waits until it is rung for a node.
    pub(super) async fn wait(&self, node: usize) {
        self.waits.fetch_add(1, Ordering::Relaxed);
        poll_fn(|context| {
            self.polls.fetch_add(1, Ordering::Relaxed);
            let mut state = self.state();
            if std::mem::take(&mut state.has_rung[node]) {
                return Poll::Ready(());
            }
            let waker = Some(context.waker().clone());
            if std::mem::replace(&mut state.wakers[node], waker).is_none() {
                state.queue.push_back(node);
            }
            let ringer = state.ringer.take();
            drop(state);
            if let Some(ringer) = ringer {
                ringer.wake();
            }
            Poll::Pending
        })
        .await;
    }

    /// Rings for whoever waits, for ever.
    pub async fn ring(self: Arc<Self>, ringing: Ringing) {
        loop {
            let woken = poll_fn(|context| {
                let mut state = self.state();
                let count = match ringing {
                    Ringing::Together => state.queue.len(),
                    Ringing::OneByOne => state.queue.len().min(1),
                };
                if count == 0 {
                    state.ringer = Some(context.waker().clone());
                    return Poll::Pending;
                }
                Poll::Ready(state.ring(count))
            });
            for waker in woken.await {
                waker.wake();
            }
            tokio::task::yield_now().await;
        }
    }
}

impl State {
    fn ring(&mut self, count: usize) -> Vec<Waker> {
        let mut woken = Vec::with_capacity(count);
        for node in self.queue.drain(..count) {
            self.has_rung[node] = true;
            woken.extend(self.wakers[node].take());
        }
        woken
    }
}
