//! `endings` shows that a transaction is ended however its request ends.

mod printed;

use self::printed::{example, printed};

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
    assert_eq!(printed(&mut example("endings")), LOGS);
}
