//! Type and const parameters, bounds and `where` clauses.

use core::fmt::Display;
use core::future::ready;

use hueless::{Depends, Input, Provider, dependency, handler};

/// Of a type.
#[dependency]
pub fn made<T: Default + Send + Sync>() -> T {
    T::default()
}

/// Of a constant.
#[dependency(inline)]
pub fn filled<const SIZE: usize>() -> [u8; SIZE] {
    [1; SIZE]
}

/// Of both, with an instance of its own for each.
#[dependency(singleton)]
pub async fn pairs<T, const SIZE: usize>(
    made: Depends<made<T>>,
    filled: Depends<filled<SIZE>>,
) -> Vec<(T, u8)>
where
    T: Default + Clone + Send + Sync + 'static,
{
    ready(()).await;
    filled.iter().map(|byte| ((*made).clone(), *byte)).collect()
}

/// Of another dependency.
#[dependency]
pub fn shown<D>(value: Depends<D>) -> String
where
    D: Provider,
    D::Output: Display,
{
    value.to_string()
}

/// Of a type that is read.
#[handler]
pub fn echo<T, const SIZE: usize>(
    pairs: Depends<pairs<T, SIZE>>,
    shown: Depends<shown<made<u8>>>,
    input: Input<T>,
) -> usize
where
    T: Default + Clone + Send + Sync + 'static,
{
    drop(input);
    pairs.len().saturating_add(shown.len())
}

/// Awaited.
#[handler]
pub async fn echo_awaited<T>(made: Depends<made<T>>, input: Input<T>) -> (T, T)
where
    T: Default + Clone + Send + Sync + 'static,
{
    ready(((*made).clone(), input.0)).await
}
