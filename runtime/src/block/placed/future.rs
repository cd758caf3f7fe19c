//! [`NodeFuture`]: an async node on its way.

use std::fmt;
use std::mem::ManuallyDrop;
use std::pin::Pin;
use std::ptr::NonNull;
use std::task::{Context, Poll};

use super::room::{Part, Room};
use crate::block::space::Space;
use crate::block::{Begun, finished};
use crate::unwind::{Contained, contain};

/// An async node on its way: a future, and what makes the node's result of what that comes to.
pub(crate) struct NodeFuture<V: 'static, E: 'static>(State<V, E>);

enum State<V: 'static, E: 'static> {
    Placed(Placed<V, E>),
    Apart(Contained<Boxed<V, E>>),
    Over,
}

/// A future that is allocated by itself.
type Boxed<V, E> = Pin<Box<dyn Future<Output = Result<V, E>> + Send>>;

/// A future in a room.
struct Placed<V: 'static, E: 'static> {
    part: Part,
    size: u32,
    calls: &'static Calls<V, E>,
}

/// Polls the future that starts there, of that state, and leaves what it made in the last argument.
type PollIn<V, E> = unsafe fn(
    &mut State<V, E>,
    NonNull<u8>,
    &mut Context<'_>,
    &mut Option<V>,
) -> Poll<Result<(), E>>;

/// What is known of a future in a room.
struct Calls<V: 'static, E: 'static> {
    /// Polls it. What is over has left the state.
    poll: PollIn<V, E>,
    drop: unsafe fn(NonNull<u8>),
}

/// What is in a room while its node waits.
struct Work<F, K> {
    future: F,
    finish: K,
}

impl<V, E> Placed<V, E> {
    /// The room alone: the future is about to leave it.
    #[inline]
    fn into_room(self) -> Room {
        let placed = ManuallyDrop::new(self);
        // SAFETY: *Rooms*: the part is moved out of what is never dropped.
        let part = unsafe { (&raw const placed.part).read() };
        Room::again(part, placed.size)
    }
}

impl<V: 'static, E: 'static> NodeFuture<V, E> {
    /// Awaits `future` in a room, and has `finish` make something of what it came to, in the same room.
    /// Polls it once.
    #[inline]
    pub(crate) fn begin<F, K>(
        room: Room,
        future: F,
        finish: K,
        context: &mut Context<'_>,
        made: &mut Option<V>,
    ) -> Begun<V, E>
    where
        F: Future + Send + 'static,
        K: FnOnce(F::Output, Room, &mut Option<V>) -> Result<(), E> + Send + 'static,
    {
        let Some((part, size)) = room.fitting::<Work<F, K>>() else {
            let finish = |output, made: &mut _| finish(output, Room::none(), made);
            return Self::begin_apart(Box::pin(finished(future, finish)), context, made);
        };
        let start = part.0.cast::<Work<F, K>>();
        // SAFETY: *Rooms*: the part is its holder's alone, and was asked whether it fits.
        unsafe { start.write(Work { future, finish }) };
        let calls = const {
            &Calls {
                poll: poll::<F, K, V, E>,
                drop: drop_work::<F, K>,
            }
        };
        let placed = Placed { part, size, calls };
        // SAFETY: *Futures*: it is there, and stays there.
        match unsafe { poll_future(start, context) } {
            // SAFETY: *Futures*: it is over, and this was all that knew of it.
            Poll::Ready(output) => Begun::Done(unsafe { finish_in(start, placed, output, made) }),
            Poll::Pending => Begun::Waits(Self(State::Placed(placed))),
        }
    }

    /// How much room it takes, for the future and then for a `T`.
    pub(crate) const fn space<F, K, T>(_finish: &K) -> Space {
        Space::of::<Work<F, K>>().or(Space::of::<T>())
    }

    /// Awaits what is allocated by itself. Polls it once.
    #[inline]
    pub(crate) fn begin_apart(
        future: Boxed<V, E>,
        context: &mut Context<'_>,
        made: &mut Option<V>,
    ) -> Begun<V, E> {
        let mut future = Self(State::Apart(Contained::new(future)));
        match Pin::new(&mut future).poll(context) {
            Poll::Ready(result) => Begun::Done(result.map(|value| *made = Some(value))),
            Poll::Pending => Begun::Waits(future),
        }
    }
}

/// # Safety
///
/// *Futures*: a `Work<F, K>` is there, which nobody moves until it is dropped there.
#[inline]
unsafe fn poll_future<F: Future, K>(
    work: NonNull<Work<F, K>>,
    context: &mut Context<'_>,
) -> Poll<F::Output> {
    // SAFETY: as the caller says.
    let future = unsafe { Pin::new_unchecked(&mut (*work.as_ptr()).future) };
    future.poll(context)
}

/// What a future came to, made something of in the place where it was.
///
/// # Safety
///
/// *Futures*: `placed` is that of the `Work<F, K>` that is there, and nobody polls it any more.
#[inline]
unsafe fn finish_in<F, K, V, E>(
    work: NonNull<Work<F, K>>,
    placed: Placed<V, E>,
    output: F::Output,
    made: &mut Option<V>,
) -> Result<(), E>
where
    F: Future,
    K: FnOnce(F::Output, Room, &mut Option<V>) -> Result<(), E>,
{
    // From here on the bytes are nobody's but this function's.
    let room = placed.into_room();
    // SAFETY: as the caller says. Each of its parts leaves the room once, and before anything is made
    // there; where the first one panics the other is forgotten.
    let finish = unsafe {
        (&raw mut (*work.as_ptr()).future).drop_in_place();
        (&raw const (*work.as_ptr()).finish).read()
    };
    finish(output, room, made)
}

/// # Safety
///
/// *Futures*: the state is that of a `Work<F, K>` in a room, which starts at `start`.
unsafe fn poll<F, K, V, E>(
    state: &mut State<V, E>,
    start: NonNull<u8>,
    context: &mut Context<'_>,
    made: &mut Option<V>,
) -> Poll<Result<(), E>>
where
    F: Future,
    K: FnOnce(F::Output, Room, &mut Option<V>) -> Result<(), E>,
{
    let work = start.cast::<Work<F, K>>();
    // SAFETY: *Futures*: as the caller says.
    let Poll::Ready(output) = (unsafe { poll_future(work, context) }) else {
        return Poll::Pending;
    };
    let State::Placed(placed) = std::mem::replace(state, State::Over) else {
        unreachable!("what is polled in a room is in one");
    };
    // SAFETY: *Futures*: it is over, and its state is that of nothing any more.
    Poll::Ready(unsafe { finish_in(work, placed, output, made) })
}

/// # Safety
///
/// *Futures*: a `Work<F, K>` is there, which nobody polls any more.
unsafe fn drop_work<F, K>(start: NonNull<u8>) {
    // SAFETY: as the caller says.
    unsafe { start.cast::<Work<F, K>>().drop_in_place() };
}

impl<V, E> Drop for Placed<V, E> {
    fn drop(&mut self) {
        // SAFETY: *Futures*: it is there. Its part is given back afterwards. A panic goes no further, for this
        // may be in the course of another one.
        contain(|| unsafe { (self.calls.drop)(self.part.0) });
    }
}

impl<V, E> Future for NodeFuture<V, E> {
    type Output = Result<V, E>;

    /// Never ready again when it is over.
    #[inline]
    fn poll(self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Result<V, E>> {
        let Self(state) = self.get_mut();
        match state {
            State::Placed(Placed { part, calls, .. }) => {
                let (start, poll) = (part.0, calls.poll);
                let mut made = None;
                // SAFETY: *Futures*: it is there, as what the calls were made for.
                let polled = unsafe { poll(state, start, context, &mut made) };
                match (polled, made) {
                    (Poll::Ready(Ok(())), Some(value)) => Poll::Ready(Ok(value)),
                    (Poll::Ready(Err(error)), _) => Poll::Ready(Err(error)),
                    _ => Poll::Pending,
                }
            }
            State::Apart(future) => match future.as_mut() {
                Some(future) => future.as_mut().poll(context),
                None => Poll::Pending,
            },
            State::Over => Poll::Pending,
        }
    }
}

// The future itself is in its room, and stays there.
impl<V, E> Unpin for NodeFuture<V, E> {}

impl<V, E> fmt::Debug for NodeFuture<V, E> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("NodeFuture")
    }
}
