//! Two things that two requests take in opposite order.

use std::sync::Arc;
use std::time::Duration;

use hueless::{AppBuilder, Call, Depends, Input, dependency, handler};
use tokio::sync::{OwnedSemaphorePermit, Semaphore};

use super::{is_idle, together, until};
use crate::support::in_each_app_with;

/// Two accounts, each with its lock.
#[derive(Clone)]
struct Accounts {
    from: Arc<Semaphore>,
    to: Arc<Semaphore>,
}

async fn lock(account: Arc<Semaphore>) -> OwnedSemaphorePermit {
    // Long enough for somebody else to take the other one.
    tokio::task::yield_now().await;
    account.acquire_owned().await.expect("it is open")
}

#[dependency]
async fn from(Input(accounts): Input<Accounts>) -> OwnedSemaphorePermit {
    lock(accounts.from).await
}

/// Where both are in a plan this one comes second, whatever the handler says.
#[dependency(after(from))]
async fn to(Input(accounts): Input<Accounts>) -> OwnedSemaphorePermit {
    lock(accounts.to).await
}

#[handler]
fn there(_from: Depends<from>, _to: Depends<to>, Input(accounts): Input<Accounts>) -> usize {
    accounts.from.available_permits() + accounts.to.available_permits()
}

#[handler]
fn back(_to: Depends<to>, _from: Depends<from>, Input(accounts): Input<Accounts>) -> usize {
    accounts.from.available_permits() + accounts.to.available_permits()
}

/// Two locks in opposite order stop on any number of threads; an order that is said once does not.
#[test]
fn two_dependencies_that_are_declared_in_opposite_order_are_taken_in_one() {
    let settings = |builder: AppBuilder| builder.blocking_limit(1).stall(Duration::MAX);
    in_each_app_with(settings, |app| async move {
        let accounts = Accounts {
            from: Arc::new(Semaphore::new(1)),
            to: Arc::new(Semaphore::new(1)),
        };
        let call = || Call::new().with(accounts.clone());
        let there = together((0..20).map(|_| app.run(there::handler, call())));
        let back = together((0..20).map(|_| app.run(back::handler, call())));
        let (there, back) = tokio::join!(there, back);
        for result in there.into_iter().chain(back) {
            assert_eq!(result.expect("no failure"), 0);
        }
        until(&app, is_idle).await;
    });
}
