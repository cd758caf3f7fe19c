//! The lane: threads of an app's own, on which whatever may block runs.
//!
//! Everything that crosses to a thread goes through here, and a crossing is what is called a hop.
//!
//! 1. A run waits for a [seat](seats) before it holds anything, and for nothing of the lane after
//!    that: whoever has a seat gets a thread, if need be after a [stall](watch). So the lane never
//!    closes a cycle of waits.
//! 2. The threads are not those of tokio's blocking pool, which files and name lookups need while a
//!    blocking node waits for them.
//! 3. What comes after a response has threads of its own, and so has what makes and ends singletons:
//!    neither waits for requests.

mod current;
mod desk;
mod handover;
mod job;
mod pool;
mod queue;
mod seats;
mod slots;
mod sync;
mod watch;

use std::fmt;
use std::sync::{Arc, OnceLock};
use std::task::Waker;
use std::time::Duration;

use tokio::runtime::Handle;

pub(crate) use self::current::{Current, current, current_seat, with, wrap};
pub(crate) use self::handover::{Giver, Taker, handover};
pub(crate) use self::job::Claim;
pub(crate) use self::seats::Seat;
pub(crate) use self::slots::{Limited, Limits, Slot, Slots};

use self::desk::{Desks, Work};
use self::job::{Entry, LaneJob};
use self::pool::Pool;
use self::queue::Standing;
use self::seats::Seats;
use self::watch::Watch;
use crate::app::App;
use crate::failure::Failure;
use crate::meta::Place;
use crate::unwind::contain;

/// How long a thread stays without work.
const IDLE: Duration = Duration::from_secs(10);

/// What the builder of an app says of the lane.
#[derive(Debug, Clone)]
pub(crate) struct LaneSettings {
    pub(crate) seats: usize,
    pub(crate) threads: usize,
    pub(crate) stall: Duration,
    /// `None` for four times the seats.
    pub(crate) queue_limit: Option<usize>,
    pub(crate) queue_timeout: Duration,
    pub(crate) after_threads: usize,
    pub(crate) stuck_after: Duration,
}

impl Default for LaneSettings {
    fn default() -> Self {
        Self {
            seats: 4096,
            threads: 512,
            stall: Duration::from_millis(10),
            queue_limit: None,
            queue_timeout: Duration::from_secs(30),
            after_threads: 64,
            stuck_after: Duration::from_secs(30),
        }
    }
}

/// The seats and the threads of an app.
pub(crate) struct Lanes {
    seats: Seats,
    pools: Arc<Pools>,
    watch: Watch,
}

/// The threads of an app, and what they work on.
struct Pools {
    seated: Pool<Entry>,
    after: Pool<Entry>,
    own: Pool<Entry>,
    desks: Desks,
}

impl Pools {
    fn all(&self) -> [&Pool<Entry>; 3] {
        [&self.seated, &self.after, &self.own]
    }

    fn have_threads(&self) -> bool {
        self.all().iter().any(|pool| pool.standing().threads > 0)
    }

    fn of(&self, on: On) -> &Pool<Entry> {
        match on {
            On::Seat => &self.seated,
            On::AfterResponse => &self.after,
            On::Own => &self.own,
        }
    }
}

/// Which threads a piece of work runs on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum On {
    /// Those of requests.
    Seat,
    /// Those of what comes after responses.
    AfterResponse,
    /// As many as it takes: what makes and ends singletons, of which there are few.
    Own,
}

impl Lanes {
    pub(crate) fn new(settings: &LaneSettings) -> Self {
        let seats = settings.seats.clamp(1, tokio::sync::Semaphore::MAX_PERMITS);
        let limits = |threads: usize| queue::Limits {
            threads: threads.clamp(1, seats),
            most: seats,
        };
        let unlimited = queue::Limits {
            threads: usize::MAX,
            most: usize::MAX,
        };
        let pools = Arc::new(Pools {
            seated: Pool::new("hueless", limits(settings.threads), IDLE),
            after: Pool::new("hueless-after", limits(settings.after_threads), IDLE),
            own: Pool::new("hueless-own", unlimited, IDLE),
            desks: Desks::new(settings.stuck_after),
        });
        let may_wait = settings.queue_limit.unwrap_or(seats.saturating_mul(4));
        Self {
            seats: Seats::new(seats, may_wait, settings.queue_timeout),
            watch: Watch::new(settings.stall),
            pools,
        }
    }

    /// How it stands with seats and threads.
    pub(crate) fn numbers(&self) -> Numbers {
        let seated = self.pools.seated.standing();
        let (after, own) = (self.pools.after.standing(), self.pools.own.standing());
        let all = [seated, after, own];
        let sum = |of: fn(&Standing) -> usize| all.iter().map(of).sum();
        Numbers {
            seats: self.seats.in_use(),
            waiting_for_seats: self.seats.waiting(),
            overloads: self.seats.overloads(),
            threads: sum(|pool| pool.threads),
            working: sum(|pool| pool.working),
            waiting: sum(|pool| pool.waiting),
            stalls: all.iter().map(|pool| pool.stalls).sum(),
        }
    }

    /// Runs what may block on this thread of the lane, and names it if it does not end.
    pub(crate) fn work<T>(&self, name: &'static str, place: Place, code: impl FnOnce() -> T) -> T {
        self.pools.desks.work(Work { name, place }, code)
    }

    /// Has threads end as soon as they have nothing to do.
    pub(crate) fn close(&self) {
        self.pools.all().into_iter().for_each(Pool::close);
    }

    fn push(&self, on: On, entry: Entry, has_begun: bool) {
        let is_crowded = self.pools.of(on).push(entry, has_begun);
        self.watch.attend(&self.pools, is_crowded);
    }
}

impl Default for Lanes {
    fn default() -> Self {
        Self::new(&LaneSettings::default())
    }
}

impl fmt::Debug for Lanes {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter
            .debug_tuple("Lanes")
            .field(&self.numbers())
            .finish()
    }
}

/// How it stands with the seats and the threads of an app.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Numbers {
    pub(crate) seats: usize,
    pub(crate) waiting_for_seats: usize,
    pub(crate) overloads: u64,
    pub(crate) threads: usize,
    pub(crate) working: usize,
    pub(crate) waiting: usize,
    pub(crate) stalls: u64,
}

/// The way of one run to the threads of its app.
#[derive(Debug, Clone)]
pub(crate) struct Lane {
    /// The runtime that the run was started on.
    runtime: Option<Handle>,
    app: App,
    seat: Sitting,
    on: On,
}

/// How a run comes to its seat.
#[derive(Debug, Clone)]
pub(crate) enum Sitting {
    /// It needs none.
    None,
    Taken(Seat),
    /// It takes it when it has read the body.
    Later(Arc<OnceLock<Seat>>),
}

impl From<Option<Seat>> for Sitting {
    fn from(seat: Option<Seat>) -> Self {
        seat.map_or(Self::None, Self::Taken)
    }
}

impl Lane {
    /// The lane of a run that is started here. One with nothing to offload needs none.
    pub(crate) fn of(app: App, on: On, seat: impl Into<Sitting>) -> Self {
        Self {
            runtime: Handle::try_current().ok(),
            ..Self::unused(app, on, seat)
        }
    }

    /// The lane of a run that sends nothing, now or later.
    #[inline]
    pub(crate) fn unused(app: App, on: On, seat: impl Into<Sitting>) -> Self {
        Self {
            runtime: None,
            app,
            seat: seat.into(),
            on,
        }
    }

    /// The lane of what comes when a request is long over.
    pub(crate) fn behind(app: &App, runtime: Option<Handle>) -> Self {
        Self {
            runtime,
            app: app.clone(),
            seat: Sitting::None,
            on: On::AfterResponse,
        }
    }

    /// The lane of what comes after the response, which needs the seat no more.
    pub(crate) fn after_response(&self) -> Self {
        Self {
            runtime: self.runtime.clone(),
            app: self.app.clone(),
            seat: Sitting::None,
            on: match self.on {
                On::Seat | On::AfterResponse => On::AfterResponse,
                On::Own => On::Own,
            },
        }
    }

    /// For whom work on it is done.
    #[inline]
    pub(crate) fn current(&self) -> Current {
        Current {
            app: self.app.clone(),
            seat: self.seat(),
        }
    }

    /// Adds the seat to what is set on threads, if it was taken since.
    #[inline]
    pub(crate) fn update(&self, current: &mut Option<Current>) {
        if let Sitting::Later(seat) = &self.seat
            && let Some(current) = current
            && current.seat.is_none()
        {
            current.seat = seat.get().cloned();
        }
    }

    #[inline]
    pub(crate) fn app(&self) -> &App {
        &self.app
    }

    #[inline]
    pub(crate) fn seat(&self) -> Option<Seat> {
        match &self.seat {
            Sitting::None => None,
            Sitting::Taken(seat) => Some(seat.clone()),
            Sitting::Later(seat) => seat.get().cloned(),
        }
    }

    /// Takes the seat that a run called `name` has not taken before its first node.
    ///
    /// # Errors
    ///
    /// The app is overloaded.
    pub(crate) async fn sit_down(&self, name: &'static str) -> Result<(), Failure> {
        if let Sitting::Later(later) = &self.seat {
            let seat = take_seat(&self.app, name).await?;
            later.get_or_init(|| seat);
        }
        Ok(())
    }

    /// Sends a job to a thread; one of a run that `has_begun` there comes first. It returns whom to
    /// wake when the thread is free, and is dropped unrun if there is no runtime or no thread.
    pub(crate) fn send(
        &self,
        has_begun: bool,
        job: impl FnOnce() -> Option<Waker> + Send + 'static,
    ) {
        let Some(runtime) = &self.runtime else {
            return;
        };
        let lanes = self.app.lanes();
        let seat = self.seat();
        let helped = seat.clone().filter(Seat::has_helpers);
        let current = Current {
            app: self.app.clone(),
            seat,
        };
        let job = LaneJob::new(runtime, current, Box::new(job));
        let Some(seat) = helped else {
            lanes.push(self.on, Entry::Job(job), has_begun);
            return;
        };
        let claim = Claim::new(job);
        lanes.push(self.on, Entry::Claim(claim.clone()), has_begun);
        seat.offer(claim);
    }

    /// Sends a job to the work-stealing pool. It is dropped unrun if there is no runtime.
    pub(crate) fn send_cpu(&self, job: impl FnOnce() -> Option<Waker> + Send + 'static) {
        let Some(runtime) = &self.runtime else {
            return;
        };
        let claim = Claim::new(LaneJob::new(runtime, self.current(), Box::new(job)));
        // The pool would abort the process on a panic.
        crate::cpu::spawn(move || {
            contain(|| claim.work());
        });
    }

    /// The runtime, if the run was started on one.
    pub(crate) fn runtime(&self) -> Option<&Handle> {
        self.runtime.as_ref()
    }

    /// Why a job was dropped unrun.
    pub(crate) fn why_not(&self) -> Failure {
        match self.runtime {
            Some(_) => Failure::abandoned(),
            None => Failure::no_runtime(),
        }
    }
}

/// A seat for a run of an app, if one is free.
pub(crate) fn seat_now(app: &App) -> Option<Seat> {
    app.lanes().seats.take_now()
}

/// Takes a seat for a run of an app, called `name`.
///
/// # Errors
///
/// The app is overloaded.
pub(crate) async fn take_seat(app: &App, name: &'static str) -> Result<Seat, Failure> {
    app.lanes().seats.take(name).await
}
