//! The house, which no waiting cleans: somebody has to work, room by room.
//!
//! `cpu` functions run on a pool of one thread for each core. On the threads for blocking work there
//! would be more of them at once than cores, and all would be slower.

use hueless::{Depends, dependency, handler};

#[dependency(cpu)]
pub(crate) fn kitchen() -> usize {
    scrub(120_000)
}

#[dependency(cpu)]
pub(crate) fn bathroom() -> usize {
    scrub(60_000)
}

#[dependency(cpu)]
pub(crate) fn bedroom() -> usize {
    scrub(80_000)
}

#[dependency(cpu)]
pub(crate) fn hall() -> usize {
    scrub(40_000)
}

#[handler(inline)]
pub(crate) fn clean(
    kitchen: Depends<kitchen>,
    bathroom: Depends<bathroom>,
    bedroom: Depends<bedroom>,
    hall: Depends<hall>,
) -> String {
    let spots = *kitchen + *bathroom + *bedroom + *hall;
    format!("clean: {spots} spots are gone")
}

/// Finds the stubborn spots below `area`: the prime ones, by trying every divisor.
fn scrub(area: u32) -> usize {
    let is_stubborn = |spot: &u32| {
        (2..)
            .take_while(|n| n * n <= *spot)
            .all(|n| !spot.is_multiple_of(n))
    };
    (2..area).filter(is_stubborn).count()
}
