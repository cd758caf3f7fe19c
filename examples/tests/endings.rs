//! `endings` shows that a transaction is ended however its request ends.

mod support;

use self::support::example;

const LOGS: &str = "\
Plain `fn`
success   begin, transfer, commit, release (completed)
Err       begin, transfer, roll back (failed), release (failed)
panic     begin, transfer, roll back (panicked), release (panicked)
timeout   begin, transfer, transfer ends, roll back (cancelled), release (cancelled)
hang-up   begin, transfer, transfer ends, roll back (cancelled), release (cancelled)

`async fn`
success   begin, transfer, commit, release (completed)
Err       begin, transfer, roll back (failed), release (failed)
panic     begin, transfer, roll back (panicked), release (panicked)
timeout   begin, transfer, roll back (cancelled), release (cancelled)
hang-up   begin, transfer, roll back (cancelled), release (cancelled)
";

#[test]
fn a_transaction_is_ended_however_its_request_ends() {
    let output = example("endings").output().expect("endings runs");
    assert!(output.status.success(), "{output:?}");
    assert_eq!(String::from_utf8_lossy(&output.stdout), LOGS);
}
