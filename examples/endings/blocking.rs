//! A transaction and a handler as plain functions: what a blocking database client needs.

#![expect(
    clippy::needless_pass_by_value,
    reason = "a function that ends a value takes a handle"
)]

use hueless::{Depends, Input, Outcome, block_on, dependency, handler};

use crate::diary::{Diary, Ending};

/// A transaction on a connection of a pool.
pub(crate) struct Transaction(Diary);

#[dependency(teardown = end, after_response = release)]
pub(crate) fn transaction(Input(diary): Input<Diary>) -> Result<Transaction, String> {
    diary.note("begin");
    Ok(Transaction(diary))
}

/// Before the response leaves: what it says is true only if this succeeds.
fn end(transaction: Depends<transaction>, outcome: Outcome) -> Result<(), String> {
    transaction.0.note(match outcome {
        Outcome::Completed => "commit".to_owned(),
        other => format!("roll back ({other})"),
    });
    Ok(())
}

/// After the response: nobody waits for it.
fn release(transaction: Depends<transaction>, outcome: Outcome) {
    transaction.0.note(format!("release ({outcome})"));
}

#[handler(timeout = "50ms")]
pub(crate) fn transfer(
    transaction: Depends<transaction>,
    Input(ending): Input<Ending>,
) -> Result<&'static str, String> {
    transaction.0.note("transfer");
    if ending.waits() {
        block_on(transaction.0.wait_in_handler());
        transaction.0.note("transfer ends");
    }
    match ending {
        Ending::Error => Err("not enough money".to_owned()),
        Ending::Panic => panic!("a bug"),
        Ending::Success | Ending::Timeout | Ending::HangUp => Ok("done"),
    }
}
