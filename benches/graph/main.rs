//! What a graph of seven nodes costs a request, next to the same by hand and by other crates.
//!
//! ```text
//! taskset -c 0 cargo bench -p hueless-benches --bench graph
//! taskset -c 0 cargo bench -p hueless-benches --bench graph -- --only mixed --json /tmp/graph.json
//! ```
//!
//! The graph in [`seven`](hueless_benches::seven) is resolved in three colourings. Its nodes do next to
//! nothing, so what is measured is what it takes to resolve them. `cargo test --benches` only checks
//! that all come to the same answer.

mod all_async;
mod all_blocking;
mod by_hand;
mod mixed;
mod on_top;
mod own;
mod peers;

use std::process::ExitCode;

use hueless_benches::CountingAllocator;

#[global_allocator]
static ALLOCATOR: CountingAllocator = CountingAllocator;

fn main() -> ExitCode {
    let mut scenarios = vec![
        all_async::scenario(),
        mixed::scenario(),
        all_blocking::scenario(),
    ];
    scenarios.extend(on_top::scenarios());
    hueless_benches::main("One request for a graph of seven nodes", scenarios)
}
