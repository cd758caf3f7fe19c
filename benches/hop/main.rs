//! What it costs to cross to a thread that may block, next to `spawn_blocking` by hand.
//!
//! ```text
//! taskset -c 0 cargo bench -p hueless-benches --bench hop
//! ```
//!
//! The yardstick is one bare round trip: a `spawn_blocking` of nothing. What blocks does next to nothing,
//! so what is measured is the way there and back. `cargo test --benches` only checks that all come to
//! the same.

mod between;
mod by_hand;
mod chain;
mod independent;
mod lane;
mod own;

use std::process::ExitCode;

use hueless_benches::CountingAllocator;

#[global_allocator]
static ALLOCATOR: CountingAllocator = CountingAllocator;

fn main() -> ExitCode {
    let mut scenarios = vec![
        chain::scenario(),
        independent::scenario(),
        between::scenario(),
    ];
    scenarios.extend(lane::scenarios());
    hueless_benches::main("Hops to threads that may block", scenarios)
}
