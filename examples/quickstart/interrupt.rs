//! Ctrl-C and what a service manager sends, noticed from the moment they are listened for.

use std::io;

#[cfg(unix)]
use tokio::signal::unix::{Signal, SignalKind, signal};
#[cfg(windows)]
use tokio::signal::windows::{CtrlC, CtrlClose, ctrl_c, ctrl_close};

/// What asks the process to stop.
#[derive(Debug)]
pub(crate) struct Interrupts {
    #[cfg(unix)]
    all: [Signal; 2],
    #[cfg(windows)]
    all: (CtrlC, CtrlClose),
}

impl Interrupts {
    #[cfg(unix)]
    async fn next(&mut self) {
        let [ctrl_c, terminate] = &mut self.all;
        tokio::select! {
            _ = ctrl_c.recv() => {}
            _ = terminate.recv() => {}
        }
    }

    #[cfg(windows)]
    async fn next(&mut self) {
        let (ctrl_c, close) = &mut self.all;
        tokio::select! {
            _ = ctrl_c.recv() => {}
            _ = close.recv() => {}
        }
    }
}

/// Listens from now on: what comes before [`wait_to_stop`] asks for it is not lost.
pub(crate) fn listen() -> io::Result<Interrupts> {
    #[cfg(unix)]
    let all = [
        signal(SignalKind::interrupt())?,
        signal(SignalKind::terminate())?,
    ];
    #[cfg(windows)]
    let all = (ctrl_c()?, ctrl_close()?);
    Ok(Interrupts { all })
}

/// Waits for a Ctrl-C or a SIGTERM. After that, another one ends the process whatever still runs.
pub(crate) async fn wait_to_stop(mut interrupts: Interrupts) {
    interrupts.next().await;
    println!("\nStopping. Requests that run are finished first; Ctrl-C again does not wait.");
    tokio::spawn(async move {
        interrupts.next().await;
        std::process::exit(130);
    });
}
