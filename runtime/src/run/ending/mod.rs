//! The end of a run: what is done with the values that it has made.
//!
//! 1. Values are ended from the last to the first in declaration order, so each before what it was
//!    made from: torn down before the answer leaves, and dropped at once unless something is to be
//!    done for them after the response.
//! 2. Each `teardown` and each `after_response` is begun exactly once, while the runtime runs. One
//!    that fails, panics or takes too long is done with, and the next one runs. One that could not
//!    begin because the runtime went away is logged by name.
//! 3. What a plain function has made is dropped where a destructor may block, if it has one: on a
//!    thread of the lane, in one [hop](stretch) with what stands beside it and does not have to be
//!    awaited. Whatever else is only dropped goes where it is.
//! 4. An `after_response` waits for the last one who uses its value; a `teardown` does not.
//!
//! [`Remains`] are torn down, which leaves what has [`Ended`] but for what is done after the response.
//! [`Unstoppable`] is that teardown as a part of a request that may be given up. [Singletons](singletons)
//! are ended one by one, with the app.

mod background;
mod ended;
mod failure;
mod remains;
mod singletons;
mod step;
mod stretch;
mod surroundings;
mod unstoppable;

pub(super) use self::remains::{Estate, Remains};
pub(crate) use self::singletons::end_singletons;
pub(super) use self::surroundings::{Ground, Surroundings};
pub(super) use self::unstoppable::Unstoppable;
