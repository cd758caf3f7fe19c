//! The same without a block: each thing is allocated by itself, and nothing is `unsafe`.

use std::any::Any;
use std::fmt;
use std::ops::{Deref, DerefMut};
use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll};

use super::space::{Floor, Space};
use super::{Begun, finished};
use crate::unwind::{Contained, discard};

/// What is given back of a block, of which there is none.
#[derive(Debug, Default)]
pub(crate) struct Returned(());

/// Where a block would be.
#[derive(Debug, Default)]
pub(crate) struct Rooms;

impl Rooms {
    /// Without a block.
    pub(crate) const fn none() -> Self {
        Self
    }

    /// Without a block, too.
    pub(crate) const fn open(_floor: &Floor, _root: Space) -> Self {
        Self
    }

    /// The room of a node.
    #[expect(clippy::needless_pass_by_ref_mut, reason = "as where there is one")]
    pub(crate) const fn take(&mut self, _node: u32) -> Room {
        Room::none()
    }

    /// A list with so many elements.
    #[expect(
        clippy::needless_pass_by_ref_mut,
        reason = "as where there is room for it"
    )]
    pub(crate) fn list<T>(&mut self, elements: impl ExactSizeIterator<Item = T>) -> List<T> {
        List(elements.collect())
    }
}

/// Where what is made is allocated by itself.
#[derive(Debug)]
pub struct Room(());

impl Room {
    /// There is none.
    pub(crate) const fn none() -> Self {
        Self(())
    }
}

/// Elements that are as many for as long as there are any.
#[derive(Debug)]
pub(crate) struct List<T>(Box<[T]>);

impl<T> Default for List<T> {
    fn default() -> Self {
        Self(Box::default())
    }
}

impl<T> Deref for List<T> {
    type Target = [T];

    fn deref(&self) -> &[T] {
        &self.0
    }
}

impl<T> DerefMut for List<T> {
    fn deref_mut(&mut self) -> &mut [T] {
        &mut self.0
    }
}

/// An async node on its way. A panic of it that comes when it is dropped may come in the course of
/// another one.
pub(crate) struct NodeFuture<V, E>(Contained<Boxed<V, E>>);

type Boxed<V, E> = Pin<Box<dyn Future<Output = Result<V, E>> + Send>>;

impl<V: 'static, E: 'static> NodeFuture<V, E> {
    /// Awaits `future`, and has `finish` make something of what it came to. Polls it once.
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
        let finish = |output, made: &mut _| finish(output, room, made);
        Self::begin_apart(Box::pin(finished(future, finish)), context, made)
    }

    /// How much room it takes: none.
    #[expect(
        clippy::extra_unused_type_parameters,
        reason = "as where it takes some"
    )]
    pub(crate) const fn space<F, K, T>(_finish: &K) -> Space {
        Space::NONE
    }

    /// Awaits what is allocated already. Polls it once.
    pub(crate) fn begin_apart(
        future: Boxed<V, E>,
        context: &mut Context<'_>,
        made: &mut Option<V>,
    ) -> Begun<V, E> {
        let mut future = Self(Contained::new(future));
        match Pin::new(&mut future).poll(context) {
            Poll::Ready(result) => Begun::Done(result.map(|value| *made = Some(value))),
            Poll::Pending => Begun::Waits(future),
        }
    }
}

impl<V, E> Future for NodeFuture<V, E> {
    type Output = Result<V, E>;

    fn poll(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Result<V, E>> {
        match self.0.as_mut() {
            Some(future) => future.as_mut().poll(context),
            None => Poll::Pending,
        }
    }
}

impl<V, E> fmt::Debug for NodeFuture<V, E> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("NodeFuture")
    }
}

/// A value that many may read, whatever its type.
pub struct AnyKept(Arc<dyn Any + Send + Sync>);

impl AnyKept {
    /// Keeps a value.
    pub(crate) fn within<T: Send + Sync + 'static>(_room: Room, value: T) -> Self {
        Self(Arc::new(value))
    }

    /// Keeps what lives longer than a run.
    pub(crate) fn apart(value: Arc<dyn Any + Send + Sync>) -> Self {
        Self(value)
    }

    /// The same.
    #[expect(
        clippy::unnecessary_wraps,
        reason = "elsewhere not everything is kept so"
    )]
    pub(crate) fn into_apart(self) -> Option<Arc<dyn Any + Send + Sync>> {
        Some(self.0)
    }

    /// Expects to be shared so often, which changes nothing.
    #[expect(clippy::needless_pass_by_ref_mut, reason = "as where it does")]
    pub(crate) const fn expect(&mut self, _uses: u32) {}

    /// Another handle.
    #[expect(clippy::needless_pass_by_ref_mut, reason = "as where one may be left")]
    pub(crate) fn share_mut(&mut self) -> Self {
        self.share()
    }

    /// Another handle.
    pub(crate) fn share(&self) -> Self {
        Self(Arc::clone(&self.0))
    }

    /// How many handles there are besides this one.
    pub(crate) fn others(&self) -> usize {
        Arc::strong_count(&self.0) - 1
    }

    /// The value, if it is a `T`.
    pub(crate) fn downcast_ref<T: 'static>(&self) -> Option<&T> {
        self.0.downcast_ref()
    }

    /// Drops it.
    pub(crate) fn end(self, _returned: &mut Returned) {
        discard(self);
    }

    /// Another handle to the value, if it is a `T`.
    #[expect(clippy::needless_pass_by_ref_mut, reason = "as where one may be left")]
    pub(crate) fn load_mut<T: Send + Sync + 'static>(&mut self) -> Option<Kept<T>> {
        self.share().load()
    }

    /// A handle to the value, if it is a `T`.
    pub(crate) fn load<T: Send + Sync + 'static>(self) -> Option<Kept<T>> {
        self.0.downcast().ok().map(Kept)
    }
}

impl fmt::Debug for AnyKept {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("AnyKept")
    }
}

/// A handle to a value that many may read.
#[derive(Debug)]
pub(crate) struct Kept<T>(Arc<T>);

impl<T> Kept<T> {
    /// Keeps a value that is made outside of any run.
    pub(crate) fn apart(value: T) -> Self {
        Self(Arc::new(value))
    }
}

impl<T> Clone for Kept<T> {
    fn clone(&self) -> Self {
        Self(Arc::clone(&self.0))
    }
}

impl<T> Deref for Kept<T> {
    type Target = T;

    fn deref(&self) -> &T {
        &self.0
    }
}

/// A value that one has, whatever its type.
pub struct AnyOwned(Box<dyn Any + Send>);

impl AnyOwned {
    /// Keeps a value.
    pub(crate) fn within<T: Send + 'static>(_room: Room, value: T) -> Self {
        Self(Box::new(value))
    }

    /// The value, if it is a `T`.
    pub(crate) fn downcast_mut<T: 'static>(&mut self) -> Option<&mut T> {
        self.0.downcast_mut()
    }

    /// Takes the value out, if it is a `T`.
    pub(crate) fn into_inner<T: 'static>(self) -> Option<T> {
        self.0.downcast().ok().map(|value| *value)
    }
}

impl fmt::Debug for AnyOwned {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("AnyOwned")
    }
}
