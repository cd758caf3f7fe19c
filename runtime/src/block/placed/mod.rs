//! The block as parts of one allocation.
//!
//! 1. *Memory.* A block is freed when nobody has a [claim](memory::Claim) on it. All claims are made with
//!    it, so that many are never more: they are handed on and given back. Whatever points into a block
//!    has one, or was borrowed from something that does.
//! 2. *Rooms.* A room is handed out at most once, and no two overlap. Its bytes are its holder's alone:
//!    nothing, a future, or a value. Each is of a type that fits, in size and alignment; that is looked
//!    at before it is written.
//! 3. *Futures.* One is written to where it is polled, is never moved, and is dropped there before its
//!    bytes are used for anything else or its claim is given back.
//! 4. *Values.* One is there for as long as it has handles. Who gives back the last one drops it, and
//!    only then gives back the claim, also if dropping it panics.
//! 5. *Types.* A value lies behind what says its type, written with it. Whoever reads it as a `T` has
//!    asked for that, or has it as a `T` from whoever wrote it.
//! 6. *Threads.* What many read is `Send + Sync`, what one has and every future is `Send`. Counts are given
//!    back with `Release`, and whoever finds that it is the last has seen that with `Acquire`.
//! 7. *Users.* No code of theirs runs while there is a reference into the block, but for the one that it
//!    is given, and none while a room is between two things: a panic leaves each room as one of them.

mod cell;
mod count;
mod future;
mod kept;
mod list;
mod memory;
mod owned;
mod room;
mod sync;

#[cfg(test)]
mod tests;

pub(crate) use self::future::NodeFuture;
pub(crate) use self::kept::{AnyKept, Kept};
pub(crate) use self::list::List;
pub(crate) use self::memory::Returned;
pub(crate) use self::owned::AnyOwned;
pub(crate) use self::room::{Room, Rooms};
