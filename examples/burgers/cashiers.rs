//! Async cashiers: each passes the order on and awaits the kitchen. Waiting takes no thread.

use hueless::{Depends, dependency, handler};
use tokio::time::sleep;

use crate::counter::{BURGER, FRIES, SERVING, SHAKE, order};

#[dependency]
pub(crate) async fn burger(order: Depends<order>) -> String {
    sleep(BURGER).await;
    format!("a burger for {}", order.guest)
}

#[dependency]
pub(crate) async fn fries(order: Depends<order>) -> String {
    sleep(FRIES).await;
    format!("fries for {}", order.guest)
}

#[dependency]
pub(crate) async fn shake(order: Depends<order>) -> String {
    sleep(SHAKE).await;
    format!("a shake for {}", order.guest)
}

#[handler]
pub(crate) async fn meal(
    burger: Depends<burger>,
    fries: Depends<fries>,
    shake: Depends<shake>,
) -> String {
    sleep(SERVING).await;
    format!("{}, {}, {}", *burger, *fries, *shake)
}
