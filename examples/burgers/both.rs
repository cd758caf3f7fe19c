//! Both: a cook fries and a cashier waits, at the same time, on the same order.

use hueless::{Depends, handler};
use tokio::time::sleep;

use crate::cashiers::shake;
use crate::cooks::{burger, fries};
use crate::counter::SERVING;

#[handler]
pub(crate) async fn meal(
    burger: Depends<burger>,
    fries: Depends<fries>,
    shake: Depends<shake>,
) -> String {
    sleep(SERVING).await;
    format!("{}, {}, {}", *burger, *fries, *shake)
}
