//! How what a node costs grows with the number of nodes.
//!
//! ```text
//! taskset -c 0 cargo bench -p hueless-benches --bench growth
//! ```
//!
//! A thousand nodes are no graph that anybody writes. But what one of them costs shows whether anything
//! is looked through once for each node: then it costs more than one of ten does. `cargo test --benches`
//! only checks that all come to the right value.

mod blocking;
mod plans;
mod ready;
mod sizes;
mod waiting;

use std::process::ExitCode;

use hueless_benches::CountingAllocator;

#[global_allocator]
static ALLOCATOR: CountingAllocator = CountingAllocator;

fn main() -> ExitCode {
    let mut scenarios = Vec::new();
    scenarios.extend(ready::scenarios());
    scenarios.extend(waiting::scenarios());
    scenarios.extend(blocking::scenarios());
    scenarios.extend(plans::scenarios());
    hueless_benches::main("What a node costs, by the number of nodes", scenarios)
}
