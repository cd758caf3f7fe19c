//! Four values that do not need each other.

use hueless::{Depends, dependency, handler};

use crate::work;

#[dependency]
pub(super) fn first() -> u64 {
    work::blocking_value()
}

#[dependency]
pub(super) fn second() -> u64 {
    work::blocking_value()
}

#[dependency]
pub(super) async fn third() -> u64 {
    work::awaited_value().await
}

#[dependency]
pub(super) async fn fourth() -> u64 {
    work::awaited_value().await
}

#[handler]
pub(super) async fn four(
    first: Depends<first>,
    second: Depends<second>,
    third: Depends<third>,
    fourth: Depends<fourth>,
) -> String {
    (*first + *second + *third + *fourth).to_string()
}
