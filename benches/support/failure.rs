//! What becomes of what goes wrong.

use std::error::Error;
use std::process::ExitCode;

/// What goes wrong in a bench: a message is all that is done with it.
pub type AnyError = Box<dyn Error + Send + Sync>;

/// How a program ends when that is done. What went wrong is printed.
pub fn exit_code(done: Result<(), AnyError>) -> ExitCode {
    match done {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("error: {error}");
            ExitCode::FAILURE
        }
    }
}
