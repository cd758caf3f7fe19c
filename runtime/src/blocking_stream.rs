//! [`blocking_stream`]: a stream over a blocking iterator.
//!
//! 1. The iterator is with the stream, or with one thread that fills the buffer. It is called on
//!    threads of the after lane only, and dropped there.
//! 2. A thread takes items until the buffer is full, and then is free: who reads slowly keeps none. The
//!    next one comes when half of the buffer has been read, perhaps before the first has left.

use std::any::Any;
use std::collections::VecDeque;
use std::fmt;
use std::panic::{AssertUnwindSafe, Location, catch_unwind, resume_unwind};
use std::pin::Pin;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::task::{Context, Poll, Waker};

use futures_util::Stream;
use tokio::runtime::Handle;

use crate::app::App;
use crate::lane::{self, Lane, On, Sitting};
use crate::meta::Place;
use crate::scope::Scope;
use crate::unwind::{contain, discard};

/// How many items are read ahead.
const AHEAD: usize = 64;

/// A stream over the items of a blocking iterator: the lines of a file, the rows of a query. It runs on
/// threads of the [after lane](crate::AppBuilder::after_limit), many items a hop, with the span and the
/// declared task-locals of where it is called, and never waits behind new requests.
///
/// At most 64 items are read ahead, then the iterator rests until half of them are taken; it holds no
/// thread meanwhile. When the stream is dropped the iterator is dropped after the item that it is at,
/// on a thread where it may block.
///
/// ```
/// use futures_util::StreamExt;
/// use hueless::blocking_stream;
///
/// # tokio::runtime::Builder::new_multi_thread().enable_all().build().unwrap().block_on(async {
/// let squares = blocking_stream((1..=4).map(|number| number * number));
/// assert_eq!(squares.collect::<Vec<u32>>().await, [1, 4, 9, 16]);
/// # });
/// ```
///
/// # Panics
///
/// The stream panics when it is polled outside of a tokio runtime, and goes on with a panic of the
/// iterator: a body that is cut off tells the client that something is missing.
#[track_caller]
pub fn blocking_stream<I>(iterator: I) -> BlockingStream<I::Item>
where
    I: IntoIterator<IntoIter: Send + 'static, Item: Send + 'static>,
{
    let app = lane::current().map_or_else(App::current, |caller| caller.app);
    BlockingStream {
        shared: Arc::new(Shared {
            state: Mutex::new(State {
                items: VecDeque::new(),
                iterator: Whereabouts::Here(Box::new(iterator.into_iter())),
                reader: None,
                is_dropped: false,
                panic: None,
            }),
            scope: Scope::capture(&app.settings().locals),
            app,
            place: Place::of(Location::caller()),
        }),
    }
}

/// A stream over the items of a blocking iterator, made by [`blocking_stream`].
///
/// ```
/// use std::io::{self, BufRead, BufReader, Read};
/// use futures_util::TryStreamExt;
/// use hueless::{BlockingStream, blocking_stream};
///
/// fn lines(file: impl Read + Send + 'static) -> BlockingStream<io::Result<String>> {
///     blocking_stream(BufReader::new(file).lines())
/// }
///
/// # tokio::runtime::Builder::new_multi_thread().enable_all().build().unwrap().block_on(async {
/// let mut lines = lines(&b"one\ntwo"[..]);
/// assert_eq!(lines.try_next().await.unwrap().as_deref(), Some("one"));
/// assert_eq!(lines.try_next().await.unwrap().as_deref(), Some("two"));
/// assert_eq!(lines.try_next().await.unwrap(), None);
/// # });
/// ```
///
/// # Panics
///
/// When it is polled outside of a tokio runtime, and where the iterator panicked.
///
/// # Cancel safety
///
/// When a future that waits for the next item is dropped, no item is lost.
#[must_use = "streams do nothing unless polled"]
pub struct BlockingStream<T: Send + 'static> {
    shared: Arc<Shared<T>>,
}

type Items<T> = Box<dyn Iterator<Item = T> + Send>;

struct Shared<T> {
    state: Mutex<State<T>>,
    app: App,
    scope: Scope,
    place: Place,
}

struct State<T> {
    items: VecDeque<T>,
    iterator: Whereabouts<T>,
    reader: Option<Waker>,
    /// Whether nobody reads any more.
    is_dropped: bool,
    panic: Option<Box<dyn Any + Send>>,
}

/// Where the iterator is.
enum Whereabouts<T> {
    /// It rests.
    Here(Items<T>),
    /// A thread has it, or will.
    Away,
    /// There are no more items.
    Gone,
}

impl<T: Send + 'static> Shared<T> {
    fn state(&self) -> MutexGuard<'_, State<T>> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Sends the iterator to a thread. It is dropped if there is none.
    fn send(self: &Arc<Self>, iterator: Items<T>) {
        let lane = Lane::of(self.app.clone(), On::AfterResponse, Sitting::None);
        assert!(
            lane.runtime().is_some(),
            "`hueless::blocking_stream` needs a tokio runtime"
        );
        let filler = Filler {
            shared: Arc::clone(self),
            iterator: Some(iterator),
            stage: Stage::OnItsWay,
        };
        lane.send(true, move || filler.arrive());
    }
}

/// An iterator on its way to a thread, or there.
struct Filler<T: Send + 'static> {
    shared: Arc<Shared<T>>,
    /// `None` once it rests again, or is gone.
    iterator: Option<Items<T>>,
    stage: Stage,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Stage {
    OnItsWay,
    Arrived,
    /// The iterator rests with the stream, or is with the next thread already.
    HandedBack,
}

impl<T: Send + 'static> Filler<T> {
    /// Fills the buffer. Returns whom to wake.
    fn arrive(mut self) -> Option<Waker> {
        self.stage = Stage::Arrived;
        let shared = Arc::clone(&self.shared);
        shared.app.counters().count_hop();
        let filler = &mut self;
        let fill = || filler.fill();
        contain(|| {
            let work = || {
                shared
                    .app
                    .lanes()
                    .work("blocking_stream", shared.place, fill);
            };
            shared.scope.run(work);
        });
        drop(self);
        shared.state().reader.take()
    }

    /// Takes items until there is no room or no more of them.
    fn fill(&mut self) {
        while let Some(mut iterator) = self.iterator.take() {
            if self.shared.state().is_dropped {
                return discard(iterator);
            }
            // Not under the lock: it may take its time.
            let next = catch_unwind(AssertUnwindSafe(|| iterator.next()));
            let mut state = self.shared.state();
            match next {
                Ok(Some(item)) => state.items.push_back(item),
                Ok(None) => {
                    drop(state);
                    return discard(iterator);
                }
                Err(panic) => {
                    state.panic = Some(panic);
                    drop(state);
                    return discard(iterator);
                }
            }
            if state.items.len() >= AHEAD && !state.is_dropped {
                state.iterator = Whereabouts::Here(iterator);
                self.stage = Stage::HandedBack;
                return;
            }
            self.iterator = Some(iterator);
            let reader = state.reader.take();
            drop(state);
            if let Some(reader) = reader {
                reader.wake();
            }
        }
    }
}

impl<T: Send + 'static> Drop for Filler<T> {
    fn drop(&mut self) {
        discard(self.iterator.take());
        let mut state = self.shared.state();
        if self.stage != Stage::HandedBack {
            state.iterator = Whereabouts::Gone;
        }
        if self.stage == Stage::OnItsWay {
            state.panic = Some(Box::new(LOST));
        }
        let reader = state.reader.take();
        drop(state);
        if let Some(reader) = reader {
            reader.wake();
        }
    }
}

const LOST: &str = "no thread could be started for a `hueless::blocking_stream`";

impl<T: Send + 'static> Stream for BlockingStream<T> {
    type Item = T;

    fn poll_next(self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<T>> {
        let shared = &self.shared;
        let mut state = shared.state();
        let item = state.items.pop_front();
        if item.is_none()
            && let Some(panic) = state.panic.take()
        {
            drop(state);
            resume_unwind(panic);
        }
        let next = match (item, &state.iterator) {
            (Some(item), _) => Poll::Ready(Some(item)),
            (None, Whereabouts::Gone) => Poll::Ready(None),
            (None, Whereabouts::Here(_) | Whereabouts::Away) => {
                state.reader = Some(context.waker().clone());
                Poll::Pending
            }
        };
        if state.items.len() <= AHEAD / 2 {
            let iterator = state.take_resting();
            drop(state);
            if let Some(iterator) = iterator {
                shared.send(iterator);
            }
        }
        next
    }
}

impl<T> State<T> {
    /// Takes the iterator, to be sent to a thread.
    fn take_resting(&mut self) -> Option<Items<T>> {
        match std::mem::replace(&mut self.iterator, Whereabouts::Away) {
            Whereabouts::Here(iterator) => Some(iterator),
            other => {
                self.iterator = other;
                None
            }
        }
    }
}

impl<T: Send + 'static> Drop for BlockingStream<T> {
    fn drop(&mut self) {
        let mut state = self.shared.state();
        state.is_dropped = true;
        let (iterator, items) = (state.take_resting(), std::mem::take(&mut state.items));
        drop(state);
        for item in items {
            discard(item);
        }
        match iterator {
            // It may block when it is dropped, as when it is called.
            Some(iterator) if Handle::try_current().is_ok() => self.shared.send(iterator),
            Some(iterator) => discard(iterator),
            None => {}
        }
    }
}

impl<T: Send + 'static> fmt::Debug for BlockingStream<T> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter
            .debug_struct("BlockingStream")
            .field("place", &self.shared.place)
            .finish_non_exhaustive()
    }
}
