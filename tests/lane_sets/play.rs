//! Runs a set: all of its requests at once, until nothing of them is left.

use std::fmt;
use std::sync::Arc;
use std::time::Duration;

use hueless::App;
use tokio::time::timeout;

use crate::Threads;
use crate::declare::run;
use crate::draw::Set;

/// How many requests are run at once.
const REQUESTS: usize = 12;

/// What happened, in all sets together.
#[derive(Debug, Default)]
pub(crate) struct Numbers {
    pub(crate) sets: u64,
    pub(crate) answered: u64,
    pub(crate) given_up: u64,
    pub(crate) hops: u64,
    pub(crate) stalls: u64,
    /// How many sets have needed a thread more.
    pub(crate) stalled: u64,
    pub(crate) most_threads: usize,
}

impl Numbers {
    pub(crate) fn add(&mut self, more: &Self) {
        self.sets += more.sets;
        self.answered += more.answered;
        self.given_up += more.given_up;
        self.hops += more.hops;
        self.stalls += more.stalls;
        self.stalled += more.stalled;
        self.most_threads = self.most_threads.max(more.most_threads);
    }
}

impl fmt::Display for Numbers {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self {
            sets,
            answered,
            given_up,
            hops,
            stalls,
            stalled,
            most_threads,
        } = self;
        write!(
            formatter,
            "{sets} sets, {answered} requests answered, {given_up} given up, {hops} hops, \
             {stalls} stalls in {stalled} sets, at most {most_threads} threads"
        )
    }
}

/// Runs a set on so many threads; says why if it stops.
pub(crate) async fn play(
    set: Arc<Set>,
    threads: Threads,
    patience: Duration,
) -> Result<Numbers, String> {
    let (count, seats, stall) = match threads {
        Threads::Few => (set.threads, set.seats, Duration::from_millis(1)),
        Threads::NoneMore => (set.threads, set.seats, Duration::MAX),
        Threads::AsManyAsSeats => (set.seats, set.seats, Duration::MAX),
        Threads::Enough => (4_096, 4_096, Duration::MAX),
    };
    let app = App::builder()
        .blocking_limit(count)
        .seats(seats)
        .stall(stall);
    let app = if set.is_sequential {
        app.sequential()
    } else {
        app
    };
    let app = app.build().expect("nothing is set wrongly");
    let played = timeout(patience, requests(&app, &set)).await;
    played.unwrap_or_else(|_| {
        let stop = format!("stopped: {:?}\n{set:#?}", app.stats());
        set.pool.open();
        Err(stop)
    })
}

async fn requests(app: &App, set: &Arc<Set>) -> Result<Numbers, String> {
    let mut numbers = Numbers::default();
    let requests = (0..REQUESTS).map(|number| {
        let route = number % set.routes.len();
        let request = tokio::spawn(run(app.clone(), Arc::clone(set), route));
        (request, set.one_in(12))
    });
    for (request, gives_up) in requests.collect::<Vec<_>>() {
        if gives_up {
            tokio::time::sleep(set.moment()).await;
            request.abort();
        }
        match request.await {
            Ok(Ok(())) => numbers.answered += 1,
            Ok(Err(error)) => return Err(format!("failed: {error}\n{set:#?}")),
            Err(error) if error.is_cancelled() => numbers.given_up += 1,
            Err(error) => return Err(format!("panicked: {error}\n{set:#?}")),
        }
    }
    let ended = app.shutdown(Duration::MAX).await;
    ended.map_err(|error| error.to_string())?;
    let stats = app.stats();
    let mut most = stats.threads;
    while app.stats().seats + app.stats().working > 0 || set.pool.left() < set.things {
        most = most.max(app.stats().threads);
        tokio::task::yield_now().await;
    }
    numbers.sets = 1;
    numbers.hops = stats.hops;
    numbers.stalls = stats.stalls;
    numbers.stalled = u64::from(stats.stalls > 0);
    numbers.most_threads = most;
    if most > set.seats.max(set.threads) && stats.stalls > 0 {
        return Err(format!("more threads than seats: {stats:?}\n{set:#?}"));
    }
    Ok(numbers)
}
