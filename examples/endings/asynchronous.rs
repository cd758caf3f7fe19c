//! The same with async functions.

use hueless::{Depends, Input, Outcome, dependency, handler};

use crate::diary::{Diary, Ending};

/// A transaction on a connection of a pool.
pub(crate) struct Transaction(Diary);

#[dependency(teardown = end, after_response = release)]
pub(crate) async fn transaction(Input(diary): Input<Diary>) -> Result<Transaction, String> {
    diary.note("begin");
    Ok(Transaction(diary))
}

async fn end(transaction: Depends<transaction>, outcome: Outcome) -> Result<(), String> {
    transaction.0.note(match outcome {
        Outcome::Completed => "commit".to_owned(),
        other => format!("roll back ({other})"),
    });
    Ok(())
}

async fn release(transaction: Depends<transaction>, outcome: Outcome) {
    transaction.0.note(format!("release ({outcome})"));
}

#[handler(timeout = "50ms")]
pub(crate) async fn transfer(
    transaction: Depends<transaction>,
    Input(ending): Input<Ending>,
) -> Result<&'static str, String> {
    transaction.0.note("transfer");
    if ending.waits() {
        // It is dropped here: an async function that nobody waits for does not go on.
        transaction.0.wait_in_handler().await;
        transaction.0.note("transfer ends");
    }
    match ending {
        Ending::Error => Err("not enough money".to_owned()),
        Ending::Panic => panic!("a bug"),
        Ending::Success | Ending::Timeout | Ending::HangUp => Ok("done"),
    }
}
