//! [`block_on`]: blocking code that awaits.

use std::cell::Cell;
use std::panic::{AssertUnwindSafe, catch_unwind, resume_unwind};
use std::pin::pin;
use std::task::Poll;

use tokio::runtime::Handle;

use crate::lane::{self, Claim};

/// Waits for a future in a plain function: a handler or a dependency that hueless runs on the
/// blocking lane.
///
/// Returns what the future returns.
///
/// ```
/// use hueless::{App, Call, block_on, handler};
///
/// async fn fetch() -> u8 {
///     tokio::task::yield_now().await;
///     42
/// }
///
/// #[handler]
/// fn answer() -> u8 {
///     block_on(fetch())
/// }
///
/// # tokio::runtime::Builder::new_multi_thread().build().unwrap().block_on(async {
/// assert_eq!(App::new().run(answer::handler, Call::new()).await.unwrap(), 42);
/// # });
/// ```
///
/// On a current-thread runtime, timers and sockets move on only while some task of it is driven. In a
/// function marked `cpu` it works too, but keeps a thread of the pool from computing.
///
/// # Panics
///
/// On a thread that drives tasks, where waiting would stop all of them: in an `async fn`, or in a
/// plain one marked `inline`. Write `async fn` and `.await` there, or drop `inline`. Also outside of
/// a runtime, and if the future panics.
pub fn block_on<F: Future>(future: F) -> F::Output {
    assert!(!IS_FORBIDDEN.get(), "{ON_EXECUTOR}");
    let Ok(runtime) = Handle::try_current() else {
        panic!("{OUTSIDE}");
    };
    // What the future starts on the seat of this thread may find no other one.
    let seat = lane::current().and_then(|current| current.seat);
    let helper = seat.map(|seat| seat.help_out());
    let mut future = pin!(future);
    let mut polled = false;
    let mut wait = || {
        runtime.block_on(std::future::poll_fn(|context| {
            polled = true;
            if let Poll::Ready(output) = future.as_mut().poll(context) {
                return Poll::Ready(Waited::Over(output));
            }
            let job = helper.as_ref().and_then(|it| it.next(context.waker()));
            job.map_or(Poll::Pending, |job| Poll::Ready(Waited::Asked(job)))
        }))
    };
    loop {
        // tokio refuses to block a thread that drives tasks before it polls anything.
        match catch_unwind(AssertUnwindSafe(&mut wait)) {
            Ok(Waited::Over(output)) => return output,
            // Outside of tokio's `block_on`, so that the job may call it too.
            Ok(Waited::Asked(job)) => job.work(),
            Err(panic) if polled => resume_unwind(panic),
            Err(_) => panic!("{ON_EXECUTOR}"),
        }
    }
}

/// Why a thread does not wait any more.
enum Waited<T> {
    Over(T),
    /// There is work on its own seat for which no thread is free.
    Asked(Claim),
}

thread_local! {
    static IS_FORBIDDEN: Cell<bool> = const { Cell::new(false) };
}

/// Runs code of an async node, or of one in place, in which [`block_on`] panics on every thread: on a
/// lane thread it would work, but only on those schedules that bring the node there.
#[inline]
pub(crate) fn forbid_blocking<T>(code: impl FnOnce() -> T) -> T {
    struct Restore(bool);
    impl Drop for Restore {
        #[inline]
        fn drop(&mut self) {
            IS_FORBIDDEN.set(self.0);
        }
    }
    let _restore = Restore(IS_FORBIDDEN.replace(true));
    code()
}

const OUTSIDE: &str = "`hueless::block_on` needs a tokio runtime; call it in a plain handler or \
                       dependency, or use `Runtime::block_on`";

const ON_EXECUTOR: &str = "`hueless::block_on` was called on a thread that drives tasks, which it \
                           would stop; write `async fn` and `.await`, or leave out `inline` so \
                           that the plain function runs on the blocking lane";
