//! Structs that are built from their fields.

use hueless::{Depends, Input, dependency, handler};

/// A number.
#[dependency(singleton)]
pub fn number() -> u8 {
    1
}

/// Its other name.
pub type Number = Depends<number>;

/// With fields of every kind.
#[dependency]
#[derive(Debug)]
pub struct Page {
    /// Named.
    pub number: Depends<number>,
    /// Marked.
    #[depends]
    pub same: Number,
    /// Read.
    pub size: Input<usize>,
    /// There.
    #[cfg(not(any()))]
    pub there: Input<u8>,
    /// Not there.
    #[cfg(any())]
    pub gone: Input<Gone>,
}

/// With parameters.
#[dependency(transient)]
#[derive(Debug, Clone)]
pub struct Sized<T = u8, const SIZE: usize = 1>
where
    T: Clone + Send + Sync + 'static,
{
    /// Read.
    pub read: Input<[T; SIZE]>,
}

/// Made once, of nothing but what lives as long.
#[dependency(singleton)]
#[derive(Debug)]
pub struct Services {
    /// Named.
    pub number: Depends<number>,
}

/// Empty.
#[dependency(guard)]
#[derive(Debug, Clone, Copy)]
pub struct Nothing {}

/// Of all.
#[handler(requires(Nothing))]
pub fn read(page: Depends<Page>, sized: Depends<Sized<u16, 2>>, services: Depends<Services>) -> u8 {
    let [first, second] = sized.read.0;
    page.number
        .saturating_add(*services.number)
        .saturating_add(u8::from(first == second))
}
