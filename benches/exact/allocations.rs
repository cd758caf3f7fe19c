//! What a request allocates.

use hueless_benches::allocations_of;

use crate::requests::Requests;
use crate::subjects::Subject;

/// How often it is counted, and for how many requests.
const COUNTS: usize = 20;
const REQUESTS: u32 = 10;

/// How many blocks a request allocates, on all threads. What goes on elsewhere only ever adds, and so does
/// a moment of the machine in which a short function takes long: the least is what is meant.
pub(crate) fn of(subject: &Subject) -> u64 {
    let requests = Requests::new(subject);
    let counts = (0..COUNTS).map(|_| allocations_of(|| requests.make(REQUESTS)).blocks);
    let least = counts.min().unwrap_or_default();
    // What `make` allocates for all of them is less than one for each.
    least / u64::from(REQUESTS)
}
