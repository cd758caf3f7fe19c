//! What a request observes: the rules of resolution, each on a multi-thread and on a current-thread
//! runtime. Test names are sentences; what they assert are ordered logs, values, threads and hops.

mod ahead;
mod background;
mod block_on;
mod blocking_stream;
mod cancellation;
mod contained;
mod explain;
mod extractors;
mod failure;
mod first_hop;
mod found_by_property;
mod guards;
#[path = "../heard.rs"]
mod heard;
mod hops;
mod ledger;
mod lifetimes;
mod limit;
mod many_parameters;
mod occupied;
mod offload;
mod overlap;
mod panics;
mod plans;
mod replace;
mod scope;
mod shutdown;
mod singletons;
mod slow_poll;
mod support;
mod teardown;
mod timeouts;
