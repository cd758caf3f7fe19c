//! The block of a run: one allocation for all that its nodes make.
//!
//! A plan knows how much room each of its nodes takes: for the future of an async one, and, when that
//! is over, for its value in the same place. A run asks for all of it at once, with the lists in which
//! it keeps what it knows of its nodes. What is handed out is a [`Room`] to each node, once. The node
//! makes a [`NodeFuture`] of it, or a value that [one](AnyOwned) has or [many](AnyKept) read. Each of
//! these keeps the memory of the block, and no other value: what a handler lets escape may live as long
//! as it likes.
//!
//! There are two of it, under the same names. `placed` is that, and has all the `unsafe` code of the
//! crate. `boxed` allocates each thing by itself and has none; it takes the place of the other under the
//! feature `safe`. What does not fit into a room, or has none, is allocated by itself in both.

#[cfg(feature = "safe")]
mod boxed;
#[cfg(not(feature = "safe"))]
#[expect(unsafe_code, reason = "it hands out parts of one allocation")]
mod placed;
#[cfg_attr(
    feature = "safe",
    expect(dead_code, reason = "there is nothing to be laid out")
)]
mod space;

#[cfg(test)]
mod tests;

#[cfg(feature = "safe")]
use self::boxed as chosen;
#[cfg(not(feature = "safe"))]
use self::placed as chosen;

pub(crate) use self::chosen::{AnyKept, AnyOwned, Kept, List, NodeFuture, Returned, Room, Rooms};
pub(crate) use self::space::{Floor, Space};

/// A node that has begun.
pub(crate) enum Begun<V: 'static, E: 'static> {
    /// What it made is where it was told to leave that.
    Done(Result<(), E>),
    Waits(NodeFuture<V, E>),
}

/// Awaits a future that is allocated by itself, and has `finish` make something of what it came to.
async fn finished<F, V, E>(
    future: F,
    finish: impl FnOnce(F::Output, &mut Option<V>) -> Result<(), E>,
) -> Result<V, E>
where
    F: Future,
{
    let output = future.await;
    let mut made = None;
    finish(output, &mut made)?;
    Ok(made.expect("what is done has made something"))
}
