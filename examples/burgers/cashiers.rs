//! Async cashiers: each passes the order on and awaits the kitchen. Waiting takes no thread.

use hueless::{Depends, Input, dependency, handler};
use tokio::time::sleep;

use crate::counter::{BURGER, FRIES, SERVING, SHAKE, order};
use crate::timeline::Timeline;

#[dependency]
pub(crate) async fn burger(order: Depends<order>, Input(timeline): Input<Timeline>) -> String {
    let _step = timeline.step("burger");
    sleep(BURGER).await;
    format!("a burger for {}", order.guest)
}

#[dependency]
pub(crate) async fn fries(order: Depends<order>, Input(timeline): Input<Timeline>) -> String {
    let _step = timeline.step("fries");
    sleep(FRIES).await;
    format!("fries for {}", order.guest)
}

#[dependency]
pub(crate) async fn shake(order: Depends<order>, Input(timeline): Input<Timeline>) -> String {
    let _step = timeline.step("shake");
    sleep(SHAKE).await;
    format!("a shake for {}", order.guest)
}

#[handler]
pub(crate) async fn meal(
    burger: Depends<burger>,
    fries: Depends<fries>,
    shake: Depends<shake>,
    Input(timeline): Input<Timeline>,
) -> String {
    let _step = timeline.step("meal");
    sleep(SERVING).await;
    format!("{}, {}, {}", *burger, *fries, *shake)
}
