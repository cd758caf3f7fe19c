//! An application that knows no context: what it reads are types of its own.

use std::sync::{Mutex, PoisonError};

use hueless::{Depends, dependency, handler};

use super::readings::{Caller, Number, Text};

/// Why a request was refused. What each context makes of it stands in `runners`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Refused(pub(super) String);

pub(super) struct Names(Mutex<Vec<String>>);

impl Names {
    fn get(&self, number: usize) -> Option<String> {
        self.lock().get(number).cloned()
    }

    fn lock(&self) -> std::sync::MutexGuard<'_, Vec<String>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[dependency(singleton)]
pub(super) async fn names() -> Names {
    tokio::task::yield_now().await;
    Names(Mutex::new(vec!["Ada".to_owned(), "Grace".to_owned()]))
}

/// A guard that may block.
#[dependency(guard)]
pub(super) fn welcome(Caller(caller): Caller) -> Result<String, Refused> {
    if caller == "eve" {
        return Err(Refused(format!("{caller} is not welcome")));
    }
    Ok(caller)
}

#[dependency]
pub(super) fn name(names: Depends<names>, Number(number): Number) -> Result<String, Refused> {
    let missing = || Refused(format!("there is no name {number}"));
    names.get(number).ok_or_else(missing)
}

#[dependency]
pub(super) struct Greeting {
    caller: Depends<welcome>,
    name: Depends<name>,
}

#[dependency]
pub(super) async fn sum<const MORE: usize>(Number(number): Number) -> usize {
    tokio::task::yield_now().await;
    number + MORE
}

#[handler]
pub(super) async fn greet(greeting: Depends<Greeting>) -> String {
    format!("{} greets {}", *greeting.caller, *greeting.name)
}

#[handler]
pub(super) fn greet_blocking(name: Depends<name>, caller: Depends<welcome>) -> String {
    format!("{} greets {}", *caller, *name)
}

#[handler(inline)]
pub(super) fn total(sum: Depends<sum<2>>) -> String {
    sum.to_string()
}

#[handler]
pub(super) async fn owner(caller: Depends<welcome>) -> Result<String, Refused> {
    if *caller == "ada" {
        Ok(caller.to_string())
    } else {
        Err(Refused(format!("{} is not welcome", *caller)))
    }
}

#[handler(sequential)]
pub(super) fn count_names(names: Depends<names>, _: Depends<welcome>) -> String {
    names.lock().len().to_string()
}

#[handler]
pub(super) fn add(names: Depends<names>, _: Depends<welcome>, Text(name): Text) -> String {
    let mut names = names.lock();
    names.push(name);
    names.len().to_string()
}
