//! What the benches of single calls share: they compare competitors that do the same, in one run.
//!
//! A [`Scenario`] is one thing to be done and the [`Competitor`]s that do it. [`main()`] checks that all of
//! them come to the same value, times them in alternating rounds, counts what they allocate, and reports
//! a row for each with its ratios to others and what became of its [`Target`]s. For the counts a bench
//! has [`CountingAllocator`] as its allocator.
//!
//! Times are those of the process's own CPU clock, which neighbours of the machine disturb less than the
//! clock on the wall; a ratio is the median of the ratios of all rounds.

mod allocations;
mod arguments;
mod clock;
mod command_line;
mod competitor;
mod failure;
mod json;
mod measure;
mod median;
mod program;
mod report;
mod scenario;
mod stage;
mod target;

pub mod seven;
pub mod shapes;

pub use self::allocations::{Allocations, CountingAllocator, allocations_of};
pub use self::command_line::{CommandLine, Given};
pub use self::competitor::Competitor;
pub use self::failure::{AnyError, exit_code};
pub use self::json::write_json;
pub use self::median::median;
pub use self::program::main;
pub use self::scenario::Scenario;
pub use self::stage::Stage;
pub use self::target::Target;
