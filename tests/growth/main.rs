//! A deep graph must not cost rustc more than its nodes and edges do.
//!
//! Bounds that name each other are tried again and again while rustc does not know the context yet:
//! written the obvious way, a handler on 12 layers of 5 dependencies takes ten minutes and 18 GB.
//! This generates crates of 6 and of 12 layers, checks both, and compares: a slow machine is slow
//! for both, exponential growth is not.
//!
//! ```text
//! cargo test -p hueless-tests --test growth -- --nocapture
//! ```

#![cfg(unix)]

mod check;
mod generate;
mod layers;
mod usage;

use generate::Workspace;
use usage::Usage;

/// The layers of the smaller crate.
const FEW: usize = 6;
/// The layers of the larger one.
const MANY: usize = 12;

/// Twice the layers are twice the nodes. So much more time they may take, and a little that does not
/// depend on them; exponential growth asks for 5 to the power of 6.
const TIMES_THE_SECONDS: f64 = 4.0;
const SPARE_SECONDS: f64 = 0.5;
/// So much more memory they may take.
const TIMES_THE_MEMORY: f64 = 2.5;

#[test]
fn twice_the_layers_do_not_cost_more_than_a_few_times_as_much() {
    let workspace = Workspace::generate(&[FEW, MANY]);
    // The dependencies, once.
    check::run(&workspace, FEW);
    let (few, many) = (cost(&workspace, FEW), cost(&workspace, MANY));
    let (seconds, memory) = (many.seconds / few.seconds, many.mebibytes / few.mebibytes);
    println!("{FEW:>2} layers of {}: {few}", layers::WIDTH);
    println!("{MANY:>2} layers of {}: {many}", layers::WIDTH);
    println!("ratio: {seconds:.2} in time, {memory:.2} in memory");
    assert!(
        many.seconds <= few.seconds * TIMES_THE_SECONDS + SPARE_SECONDS,
        "checking {MANY} layers took {seconds:.1} times as long as checking {FEW}"
    );
    assert!(
        many.mebibytes <= few.mebibytes * TIMES_THE_MEMORY,
        "checking {MANY} layers took {memory:.1} times the memory of checking {FEW}"
    );
}

/// What it costs to check one of the crates: the better of two times.
fn cost(workspace: &Workspace, layers: usize) -> Usage {
    let once = || {
        workspace.touch(layers);
        check::run(workspace, layers)
    };
    once().least(once())
}
