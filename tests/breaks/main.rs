//! What breaks in other frameworks: one test for each break that is known of one, with its cause. Test
//! names are what holds here.

mod allocations;
#[path = "../http/client.rs"]
mod client;
#[path = "../heard.rs"]
#[allow(dead_code, reason = "other test binaries use more of it")]
mod heard;
#[path = "../behaviour/occupied.rs"]
#[allow(dead_code, reason = "other test binaries use more of it")]
mod occupied;
#[path = "../behaviour/support.rs"]
#[allow(dead_code, reason = "other test binaries use more of it")]
mod support;

#[path = "."]
#[expect(
    clippy::needless_pass_by_value,
    reason = "a teardown is handed its value"
)]
mod breaks {
    mod lane;
    mod lifetimes;
}
