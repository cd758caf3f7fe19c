//! Handlers as the workers of apalis: how a job is resolved, what its queue is told and when, and what
//! becomes of jobs when something goes wrong.

mod bench;
mod broken;
mod decoding;
mod extract;
#[cfg(unix)]
mod kill;
mod like_apalis;
mod order;
mod outcomes;
mod outlive;
mod overload;
mod patience;
#[cfg(unix)]
mod poison;
mod queue;
mod restart;
mod shutdown;
mod witness;
#[cfg(unix)]
mod workers;
