//! What an account may do: a guard for each scope, all written once.

use hueless::{Depends, dependency};

use crate::account::Account;
use crate::bearer::caller;
use crate::refused::Refused;

/// Something that not every account may do.
pub(crate) trait Scope: Send + Sync + 'static {
    const NAME: &'static str;
}

/// To change what is there.
pub(crate) enum Write {}

/// To change how the service runs.
pub(crate) enum Admin {}

impl Scope for Write {
    const NAME: &'static str = "write";
}

impl Scope for Admin {
    const NAME: &'static str = "admin";
}

/// The caller, if they have the scope: `Depends<scope<Write>>`.
///
/// It needs [`caller()`], so a 401 of that one comes before a 403 of this one.
#[dependency(guard, inline)]
pub(crate) fn scope<S: Scope>(caller: Depends<caller>) -> Result<Account, Refused> {
    if caller.scopes.contains(&S::NAME) {
        Ok(*caller)
    } else {
        Err(Refused::Forbidden { scope: S::NAME })
    }
}
