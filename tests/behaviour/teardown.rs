//! What is done with values before the response leaves, and after it.

mod after_response;
mod behind;
mod failures;
mod order;
mod outcomes;
mod panics;
mod runtimes;
mod scope;
mod threads;
mod timeouts;
