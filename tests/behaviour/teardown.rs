//! What is done with values before the response leaves.

mod behind;
mod failures;
mod order;
mod outcomes;
mod panics;
mod runtimes;
mod timeouts;
