//! The same async functions, each compiled by itself.
//!
//! Where they do next to nothing the compiler makes one function of all seven, which a graph that is put
//! together at run time can never be. Functions that do something are rarely merged so.

use std::future::poll_fn;
use std::pin::{Pin, pin};
use std::sync::Arc;
use std::task::{Context, Poll};

use super::arc::{config, db, perms, read, session, token, user};

#[inline(never)]
fn poll<F: Future>(future: Pin<&mut F>, context: &mut Context<'_>) -> Poll<F::Output> {
    future.poll(context)
}

async fn apart<F: Future>(future: F) -> F::Output {
    let mut future = pin!(future);
    poll_fn(|context| poll(future.as_mut(), context)).await
}

/// One request.
pub(crate) async fn request() -> u64 {
    let token = Arc::new(apart(token()).await);
    let config = Arc::new(apart(config()).await);
    let db = Arc::new(apart(db(config)).await);
    let session = Arc::new(apart(session(Arc::clone(&db))).await);
    let user = Arc::new(apart(user(token, Arc::clone(&session))).await);
    let perms = Arc::new(apart(perms(Arc::clone(&user), session)).await);
    apart(read(user, perms, db)).await
}
