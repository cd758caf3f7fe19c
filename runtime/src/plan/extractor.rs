//! [`Extractor`]: a parameter that is read from the context, while it is declared.

use super::{NodeFuture, ReadContext, SharedContext};
use crate::block::{Room, Space};
use crate::context::Context;
use crate::value::Value;

/// A parameter that is read from the context.
pub(super) struct Extractor<C: Context> {
    /// Its type, as it is written.
    pub(super) written: &'static str,
    pub(super) can_fail: bool,
    pub(super) reads_body: bool,
    pub(super) read: Box<ReadContext<C>>,
    /// How much room that takes.
    pub(super) space: Space,
}

impl<C: Context> Extractor<C> {
    /// One that is read by what `extract` returns, which is told how many reads are left after it.
    pub(super) fn new<T, F>(
        written: &'static str,
        extract: impl Fn(SharedContext<C>, usize) -> F + Copy + Send + Sync + 'static,
    ) -> Self
    where
        T: Send + 'static,
        F: Future<Output = Result<T, C::Rejection>> + Send + 'static,
    {
        // It belongs to the one parameter.
        let finish = |read: F::Output, room: Room, made: &mut Option<Value>| {
            *made = Some(Value::owned(read?, room));
            Ok(())
        };
        Self {
            written,
            can_fail: true,
            reads_body: false,
            space: NodeFuture::<C>::space::<F, _, T>(&finish),
            read: Box::new(move |context, reads_left, room, task, made| {
                let future = extract(context, reads_left);
                NodeFuture::<C>::begin(room, future, finish, task, made)
            }),
        }
    }
}
