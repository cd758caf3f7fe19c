//! Where a server listens, and how long.

use std::io::{self, Read};
use std::net::{Ipv4Addr, SocketAddr, TcpListener};

use socket2::{Domain, Socket, Type};

use crate::AnyError;

/// How many connections may wait to be accepted: more than any scenario makes at once, which the
/// default of the standard library is not.
const BACKLOG: i32 = 1024;

/// A free port of this machine, which the parent is told.
pub(crate) fn listen() -> Result<TcpListener, AnyError> {
    let socket = Socket::new(Domain::IPV4, Type::STREAM, None)?;
    socket.bind(&SocketAddr::from((Ipv4Addr::LOCALHOST, 0)).into())?;
    socket.listen(BACKLOG)?;
    socket.set_nonblocking(true)?;
    let listener = TcpListener::from(socket);
    tell(listener.local_addr()?.port());
    Ok(listener)
}

/// Tells the parent where this process listens.
pub(crate) fn tell(port: u16) {
    println!("{port}");
}

/// Ends this process when its standard input is closed, which happens however its parent ends.
pub(crate) fn end_with_parent() {
    std::thread::spawn(|| {
        // Nothing is ever written to it, so that reading returns at the end only.
        let _ = io::stdin().read(&mut [0]);
        std::process::exit(0);
    });
}
