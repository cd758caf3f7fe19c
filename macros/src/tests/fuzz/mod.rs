//! The attributes on whatever may be written, without a compiler.
//!
//! Items and options are drawn from wild to tame: arbitrary tokens; functions and structs of all
//! syntax that Rust has; the programs of `tests/ui` with a few tokens changed. What is demanded of
//! each expansion stands in `demands`.
//!
//! A failure prints the seed and the shrunk case. `FUZZ_SEED` draws other cases, or the same ones again,
//! and `FUZZ_CASES` says how many each test draws:
//!
//! ```text
//! export CARGO_PROFILE_RELEASE_BUILD_OVERRIDE_OPT_LEVEL=3   # else macros are not optimized
//! FUZZ_SEED=$RANDOM FUZZ_CASES=200000 cargo test --release -p hueless-macros --lib fuzz
//! ```

mod case;
mod corpus;
mod demands;
mod found;
mod functions;
mod items;
mod kept;
mod mutation;
mod names;
mod options;
mod outcomes;
mod parts;
mod run;
mod structs;
mod types;
mod wild;

use proptest::prelude::Strategy as _;
use proptest::strategy::Union;

use case::Case;
use run::run;

#[test]
fn arbitrary_tokens() {
    let cases = (case::kind(), wild::tokens(), wild::items());
    let cases = cases.prop_map(|(kind, options, item)| Case {
        kind,
        options,
        item,
    });
    run("arbitrary tokens", cases);
}

#[test]
fn functions_and_structs() {
    let numbers = run("functions and structs", items::cases());
    // Else the demands on what is expanded would be kept by expanding nothing.
    numbers.demand_all();
}

#[test]
fn functions_and_structs_with_a_few_tokens_changed() {
    run("items, changed", mutation::of(items::cases()));
}

#[test]
fn programs_with_a_few_tokens_changed() {
    let corpus = corpus::read();
    // Options of one program on the item of another as well.
    let cases = Union::new_weighted(vec![
        (3, corpus::cases(&corpus).boxed()),
        (1, corpus::crossed(&corpus).boxed()),
    ]);
    run("programs, changed", mutation::of(cases));
}
