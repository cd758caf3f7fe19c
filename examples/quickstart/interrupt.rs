//! Ctrl-C, noticed from the moment it is listened for.

use std::io;

#[cfg(unix)]
use tokio::signal::unix::{Signal as Interrupts, SignalKind, signal};
#[cfg(windows)]
use tokio::signal::windows::{CtrlC as Interrupts, ctrl_c};

/// Listens from now on: what comes before [`wait_to_stop`] asks for it is not lost.
pub(crate) fn listen() -> io::Result<Interrupts> {
    #[cfg(unix)]
    return signal(SignalKind::interrupt());
    #[cfg(windows)]
    return ctrl_c();
}

/// Waits for a Ctrl-C. After that, another one ends the process whatever still runs.
pub(crate) async fn wait_to_stop(mut interrupts: Interrupts) {
    interrupts.recv().await;
    println!("\nStopping. Requests that run are finished first; Ctrl-C again does not wait.");
    tokio::spawn(async move {
        interrupts.recv().await;
        std::process::exit(130);
    });
}
