//! What queueing theory says, as `docs/capacity.md` explains it.

use crate::Case;

/// What a case comes to, from a formula or from a simulation.
#[derive(Debug, Clone, Copy, serde::Serialize)]
pub(crate) struct Outcome {
    /// Threads that are busy, on average.
    pub(crate) busy: f64,
    /// The share of the waits that is not zero, of each time that a thread is asked for.
    pub(crate) share_waiting: f64,
    /// Seconds that a request waits for threads, on average.
    pub(crate) mean_wait: f64,
    /// The seconds that 1 of 100 waits exceeds, each time that a thread is asked for. Not computed where
    /// there are only so many places, nor where those who have blocked before go first.
    pub(crate) p99_wait: Option<f64>,
    /// The share of the requests that is turned away.
    pub(crate) share_refused: f64,
}

impl Outcome {
    /// The outcome of a case.
    pub(crate) fn of(case: &Case) -> Self {
        match case.places {
            Some(places) => Self::with_places(case, places),
            None => Self::without_bound(case),
        }
    }

    /// As many as come may wait: Erlang's C, and what Allen and Cunneen make of it where blocking times
    /// are not exponential.
    fn without_bound(case: &Case) -> Self {
        // A request that blocks twice comes twice, for half of the time each.
        let times = if case.awaits.is_some() { 2.0 } else { 1.0 };
        let (arrivals, blocking) = (case.arrivals * times, case.blocking.mean() / times);
        let busy = arrivals * blocking;
        let threads = u32::try_from(case.threads).unwrap_or(u32::MAX);
        let share_waiting = erlang_c(threads, busy);
        // Those who wait leave the queue at the rate that is left over, on average of the variability.
        let left_over = (case.threads as f64 - busy) / blocking;
        let wait_of_waiting = (1.0 + case.blocking.variability()) / 2.0 / left_over;
        Self {
            busy,
            share_waiting,
            mean_wait: times * share_waiting * wait_of_waiting,
            p99_wait: case
                .awaits
                .is_none()
                .then(|| (share_waiting / 0.01).ln().max(0.0) * wait_of_waiting),
            share_refused: 0.0,
        }
    }

    /// Only so many may wait: the probability of each number of requests that are there follows from
    /// that of one less.
    fn with_places(case: &Case, places: usize) -> Self {
        let (arrivals, blocking) = (case.arrivals, case.blocking.mean());
        let most = case.threads + places;
        let mut chances = vec![1.0];
        for there in 1..=most {
            let leaving = there.min(case.threads) as f64 / blocking;
            chances.push(chances[there - 1] * arrivals / leaving);
        }
        let sum: f64 = chances.iter().sum();
        let chance = |there: usize| chances[there] / sum;
        let share_refused = chance(most);
        let accepted = 1.0 - share_refused;
        let waiting: f64 = (case.threads..=most)
            .map(|there| (there - case.threads) as f64 * chance(there))
            .sum();
        let met_all_busy: f64 = (case.threads..most).map(chance).sum();
        Self {
            busy: arrivals * accepted * blocking,
            share_waiting: met_all_busy / accepted,
            // Little's law, of those who wait.
            mean_wait: waiting / (arrivals * accepted),
            p99_wait: None,
            share_refused,
        }
    }
}

// Erlang's B by its recurrence, from which C follows. The page shows this very function.
/// The probability that all of `threads` are busy, if `busy` are on average.
fn erlang_c(threads: u32, busy: f64) -> f64 {
    let b = (1..=threads).fold(1.0, |b, thread| busy * b / (f64::from(thread) + busy * b));
    let utilisation = busy / f64::from(threads);
    b / (1.0 - utilisation * (1.0 - b))
}
