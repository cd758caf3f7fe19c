//! Blocking cooks: each stands at the stove until the dish is done.

use std::thread::sleep;

use hueless::{Depends, Input, dependency, handler};

use crate::counter::{BURGER, FRIES, SERVING, SHAKE, order};
use crate::timeline::Timeline;

#[dependency]
pub(crate) fn burger(order: Depends<order>, Input(timeline): Input<Timeline>) -> String {
    let _step = timeline.step("burger");
    sleep(BURGER);
    format!("a burger for {}", order.guest)
}

#[dependency]
pub(crate) fn fries(order: Depends<order>, Input(timeline): Input<Timeline>) -> String {
    let _step = timeline.step("fries");
    sleep(FRIES);
    format!("fries for {}", order.guest)
}

#[dependency]
pub(crate) fn shake(order: Depends<order>, Input(timeline): Input<Timeline>) -> String {
    let _step = timeline.step("shake");
    sleep(SHAKE);
    format!("a shake for {}", order.guest)
}

#[handler]
pub(crate) fn meal(
    burger: Depends<burger>,
    fries: Depends<fries>,
    shake: Depends<shake>,
    Input(timeline): Input<Timeline>,
) -> String {
    let _step = timeline.step("meal");
    sleep(SERVING);
    format!("{}, {}, {}", *burger, *fries, *shake)
}
