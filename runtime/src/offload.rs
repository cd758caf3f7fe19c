//! [`offload`] and [`offload_cpu`]: one closure on a thread, outside of any graph.

use std::panic::Location;
use std::task::Waker;

use crate::app::App;
use crate::failure::Failure;
use crate::lane::{self, Lane, On, Sitting, Taker};
use crate::meta::Place;
use crate::scope::Scope;
use crate::unwind::contain;

/// Runs a closure that may block on a thread of the lane, and waits for it.
///
/// In a request that has a seat it runs on that, and in blocking code under
/// [`block_on`](crate::block_on()) too: the thread that waits does the work if no other one is free.
/// Elsewhere, as in an async handler none of whose dependencies block, it takes a seat of the app like
/// a new request and gives it back when it is done; write `#[handler(seat)]` where such a handler holds
/// something that others wait for. The span and the declared task-locals are set.
///
/// Returns what the closure returns.
///
/// ```
/// use hueless::{App, Call, Failure, handler, offload};
///
/// #[handler]
/// async fn sum() -> Result<u64, Failure> {
///     offload(|| (1..=10).sum()).await
/// }
///
/// # tokio::runtime::Builder::new_multi_thread().enable_all().build().unwrap().block_on(async {
/// assert_eq!(App::new().run(sum::handler, Call::new()).await.unwrap().unwrap(), 55);
/// # });
/// ```
///
/// # Errors
///
/// The closure panicked, the app is overloaded, or there is no runtime.
///
/// # Cancel safety
///
/// When the future is dropped before a thread has begun, the closure never runs; one that runs is let
/// finish.
#[track_caller]
pub fn offload<T, F>(function: F) -> impl Future<Output = Result<T, Failure>> + Send
where
    F: FnOnce() -> T + Send + 'static,
    T: Send + 'static,
{
    let place = Location::caller();
    async move {
        let Reach {
            lane,
            scope,
            has_begun,
        } = reach("offload").await?;
        let app = lane.app().clone();
        let hop = move || {
            app.counters().count_hop();
            function()
        };
        let (job, result) = job("offload", Place::of(place), &lane, scope, hop);
        lane.send(has_begun, job);
        result.await.ok_or_else(|| lane.why_not())?
    }
}

/// Runs a closure that computes for long on the work-stealing pool, and waits for it. Otherwise like
/// [`offload`].
///
/// ```
/// use hueless::{App, Call, Failure, handler, offload_cpu};
///
/// #[handler]
/// async fn sum() -> Result<u64, Failure> {
///     offload_cpu(|| (1..=10).sum()).await
/// }
///
/// # tokio::runtime::Builder::new_multi_thread().enable_all().build().unwrap().block_on(async {
/// assert_eq!(App::new().run(sum::handler, Call::new()).await.unwrap().unwrap(), 55);
/// # });
/// ```
///
/// # Errors
///
/// The closure panicked, the app is overloaded, or there is no runtime.
///
/// # Cancel safety
///
/// When the future is dropped before a thread has begun, the closure never runs; one that runs is let
/// finish.
#[cfg(feature = "cpu")]
#[track_caller]
pub fn offload_cpu<T, F>(function: F) -> impl Future<Output = Result<T, Failure>> + Send
where
    F: FnOnce() -> T + Send + 'static,
    T: Send + 'static,
{
    let place = Location::caller();
    async move {
        let Reach { lane, scope, .. } = reach("offload_cpu").await?;
        let (job, result) = job("offload_cpu", Place::of(place), &lane, scope, function);
        lane.send_cpu(job);
        result.await.ok_or_else(|| lane.why_not())?
    }
}

/// The way to a thread.
struct Reach {
    lane: Lane,
    scope: Scope,
    /// Whether it goes on with a request that has its seat.
    has_begun: bool,
}

/// The lane of whoever calls, and what is to be set on its threads.
async fn reach(name: &'static str) -> Result<Reach, Failure> {
    let caller = lane::current();
    let app = caller
        .as_ref()
        .map_or_else(App::current, |it| it.app.clone());
    let scope = Scope::capture(&app.settings().locals);
    let seat = caller.and_then(|caller| caller.seat);
    let has_begun = seat.is_some();
    let seat = match seat {
        Some(seat) => seat,
        None => lane::take_seat(&app, name).await?,
    };
    Ok(Reach {
        lane: Lane::of(app.clone(), On::Seat, Sitting::Taken(seat)),
        scope,
        has_begun,
    })
}

/// The call of a closure on a thread, unless nobody waits for it any more when it gets there, and
/// where its result comes.
fn job<T, F>(
    name: &'static str,
    place: Place,
    lane: &Lane,
    scope: Scope,
    function: F,
) -> (
    impl FnOnce() -> Option<Waker> + Send + use<T, F>,
    Taker<Result<T, Failure>>,
)
where
    F: FnOnce() -> T + Send + 'static,
    T: Send + 'static,
{
    let app = lane.app().clone();
    let (done, result) = lane::handover();
    let job = move || {
        if done.is_unwanted() {
            return None;
        }
        let work = || app.lanes().work(name, place, function);
        done.give(run(&scope, work))
    };
    (job, result)
}

fn run<T>(scope: &Scope, work: impl FnOnce() -> T) -> Result<T, Failure> {
    let mut result = None;
    let ran = contain(|| scope.run(|| result = contain(work)));
    ran.and(result).ok_or_else(|| Failure::panicked("offload"))
}
