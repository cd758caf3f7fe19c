//! What a request allocates, and how many instructions it takes: numbers that noise does not reach.
//!
//! ```text
//! cargo test -p hueless-benches --test exact
//! cargo test -p hueless-benches --test exact --profile bench   # instructions, too
//! ```
//!
//! It fails when a request does more than it should, and where it does exactly the same each time also
//! when it allocates less: then the number in `subjects.rs` is out of date. Instructions are counted by
//! callgrind, where valgrind is installed and the build is optimised.

mod allocations;
mod instructions;
mod requests;
mod subjects;

use std::process::ExitCode;

use hueless_benches::CountingAllocator;

use self::instructions::Callgrind;
use self::requests::Requests;
use self::subjects::{Subject, subjects};

#[global_allocator]
static ALLOCATOR: CountingAllocator = CountingAllocator;

fn main() -> ExitCode {
    if let Some((name, times)) = instructions::asked_for() {
        let mut subjects = subjects().into_iter();
        return match subjects.find(|subject| subject.name == name) {
            Some(subject) => {
                Requests::new(&subject).make(times);
                ExitCode::SUCCESS
            }
            None => ExitCode::FAILURE,
        };
    }
    let callgrind = Callgrind::find();
    if let Err(reason) = &callgrind {
        println!("instructions are not counted: {reason}");
    }
    println!(
        "\n| {:28} | {:>11} | {:>8} | {:>12} | {:>8} |",
        "request", "allocations", "allowed", "instructions", "allowed"
    );
    println!(
        "|:{:-<28}-|-{:->11}:|-{:->8}:|-{:->12}:|-{:->8}:|",
        "", "", "", "", ""
    );
    let mut is_right = true;
    for subject in subjects() {
        is_right &= check(&subject, callgrind.as_ref().ok());
    }
    if is_right {
        ExitCode::SUCCESS
    } else {
        println!("\n✗: not what is allowed");
        ExitCode::FAILURE
    }
}

/// Prints a line, and says whether all of it is allowed.
fn check(subject: &Subject, callgrind: Option<&Callgrind>) -> bool {
    let allocations = allocations::of(subject);
    let instructions = callgrind.map(|callgrind| callgrind.instructions_of(subject.name));
    let allocations_fit = subject.allocations.allows(allocations);
    let instructions_fit = match &instructions {
        None => true,
        Some(Ok(instructions)) => *instructions <= subject.instructions,
        Some(Err(_)) => false,
    };
    let counted = match instructions {
        None => "-".to_owned(),
        Some(Ok(instructions)) => instructions.to_string(),
        Some(Err(error)) => error,
    };
    let is_right = allocations_fit && instructions_fit;
    println!(
        "| {:28} | {allocations:>11} | {:>8} | {counted:>12} | {:>8} |{}",
        subject.name,
        subject.allocations.to_string(),
        format!("≤ {}", subject.instructions),
        if is_right { "" } else { " ✗" }
    );
    is_right
}
