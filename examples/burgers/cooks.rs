//! Blocking cooks: each stands at the stove until the dish is done.

use std::thread::sleep;

use hueless::{Depends, dependency, handler};

use crate::counter::{BURGER, FRIES, SERVING, SHAKE, order};

#[dependency]
pub(crate) fn burger(order: Depends<order>) -> String {
    sleep(BURGER);
    format!("a burger for {}", order.guest)
}

#[dependency]
pub(crate) fn fries(order: Depends<order>) -> String {
    sleep(FRIES);
    format!("fries for {}", order.guest)
}

#[dependency]
pub(crate) fn shake(order: Depends<order>) -> String {
    sleep(SHAKE);
    format!("a shake for {}", order.guest)
}

#[handler]
pub(crate) fn meal(
    burger: Depends<burger>,
    fries: Depends<fries>,
    shake: Depends<shake>,
) -> String {
    sleep(SERVING);
    format!("{}, {}, {}", *burger, *fries, *shake)
}
