//! The counter, where you say what you want; and how long everything takes.

use std::time::Duration;

use hueless::dependency;
use tokio::time::sleep;

pub(crate) const ORDERING: Duration = Duration::from_millis(50);
pub(crate) const BURGER: Duration = Duration::from_millis(200);
pub(crate) const FRIES: Duration = Duration::from_millis(150);
pub(crate) const SHAKE: Duration = Duration::from_millis(100);
pub(crate) const SERVING: Duration = Duration::from_millis(50);

/// What is wanted, and by whom.
#[derive(Debug)]
pub(crate) struct Order {
    pub(crate) guest: &'static str,
}

/// Everything else depends on the order, and it is taken once.
#[dependency]
pub(crate) async fn order() -> Order {
    sleep(ORDERING).await;
    Order { guest: "Ada" }
}
