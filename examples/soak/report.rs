//! What is printed in the end, and whether all is well.

use std::fmt;
use std::time::Duration;

use hueless::Stats;

use crate::books::Count;
use crate::catalogue::ENDPOINTS;
use crate::endpoints::VALUES;
use crate::options::Options;
use crate::watch::Seen;

/// How it went.
#[derive(Debug)]
pub(crate) struct Report {
    pub(crate) options: Options,
    pub(crate) before: Stats,
    pub(crate) during: Seen,
    pub(crate) after: Stats,
    /// Whether the server ended by itself.
    pub(crate) has_stopped: bool,
    /// What the app could not end.
    pub(crate) still_running: Option<String>,
    pub(crate) stopping_took: Duration,
}

impl Report {
    pub(crate) fn is_well(&self) -> bool {
        self.checks().iter().all(|(_, is_so)| *is_so)
    }

    /// What has to be so.
    fn checks(&self) -> Vec<(&'static str, bool)> {
        let Stats {
            seats,
            waiting_for_seats,
            overloads,
            slots,
            waiting_for_slots,
            threads,
            working,
            waiting,
            past_cancellation,
            ..
        } = self.after;
        let is_accounted_for = ENDPOINTS.iter().all(|endpoint| {
            let requests = &endpoint.requests;
            let ends = requests.answered.get() + requests.hung_up.get() + requests.refused.get();
            requests.asked.get() == ends && requests.wrong.get() == 0
        });
        let is_busy = ENDPOINTS.iter().all(|it| it.requests.answered.get() > 0);
        let is_flat = match self.during.memory {
            // Buffers of connections, and what the allocator keeps.
            [Some(early), Some(late)] => late <= early + early / 4 + 24 * 1024,
            _ => true,
        };
        vec![
            ("every endpoint has answered", is_busy),
            (
                "every request was answered, given up or refused",
                is_accounted_for,
            ),
            (
                "every value was ended once",
                VALUES.iter().all(|it| it.lost() == 0),
            ),
            ("the server has stopped", self.has_stopped),
            (
                "the app has ended all it had begun",
                self.still_running.is_none(),
            ),
            ("no request keeps its seat", seats + waiting_for_seats == 0),
            ("no request keeps a slot", slots + waiting_for_slots == 0),
            (
                "no thread works",
                working + waiting + past_cancellation == 0,
            ),
            ("no thread is left", threads == 0),
            (
                "threads were within the limits",
                self.during.most.threads as u64 <= self.may_have_threads(),
            ),
            ("nobody was turned away", overloads == 0),
            ("memory is flat", is_flat),
        ]
    }

    /// One more than may work starts for each stall; and one of each kind may be about to end.
    fn may_have_threads(&self) -> u64 {
        (crate::THREADS + crate::AFTER_THREADS) as u64 + self.after.stalls + 3
    }

    fn print_requests(&self, to: &mut fmt::Formatter<'_>) -> fmt::Result {
        let columns = ["asked", "answered", "hung up", "refused", "wrong"];
        write!(to, "{:<16}", "requests")?;
        columns.iter().try_for_each(|it| write!(to, "{it:>10}"))?;
        writeln!(to)?;
        let mut sums = [0; 5];
        for endpoint in &ENDPOINTS {
            let it = &endpoint.requests;
            let counts = [&it.asked, &it.answered, &it.hung_up, &it.refused, &it.wrong];
            write!(to, "{:<16}", endpoint.path)?;
            for (count, sum) in counts.into_iter().zip(&mut sums) {
                *sum += count.get();
                write!(to, "{:>10}", count.get())?;
            }
            writeln!(to)?;
        }
        write!(to, "{:<16}", "all")?;
        sums.iter().try_for_each(|it| write!(to, "{it:>10}"))?;
        let seconds = self.options.time.as_secs();
        writeln!(to, "\n{} answers a second\n", sums[1] / seconds.max(1))
    }

    fn print_stats(&self, to: &mut fmt::Formatter<'_>) -> fmt::Result {
        type Number = fn(&Stats) -> u64;
        let rows: [(&str, Number); 11] = [
            ("seats", |it| it.seats as u64),
            ("wait for seats", |it| it.waiting_for_seats as u64),
            ("overloads", |it| it.overloads),
            ("slots", |it| it.slots as u64),
            ("wait for slots", |it| it.waiting_for_slots as u64),
            ("threads", |it| it.threads as u64),
            ("working", |it| it.working as u64),
            ("waiting hops", |it| it.waiting as u64),
            ("stalls", |it| it.stalls),
            ("past cancelled", |it| it.past_cancellation as u64),
            ("hops", |it| it.hops),
        ];
        writeln!(
            to,
            "{:<16}{:>10}{:>10}{:>10}",
            "stats", "before", "most", "after"
        )?;
        for (name, number) in rows {
            let [before, most, after] = [&self.before, &self.during.most, &self.after].map(number);
            writeln!(to, "{name:<16}{before:>10}{most:>10}{after:>10}")?;
        }
        writeln!(to)
    }
}

impl fmt::Display for Report {
    fn fmt(&self, to: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Options { time, connections } = self.options;
        writeln!(to, "{connections} connections for {time:?}\n")?;
        self.print_requests(to)?;
        let columns = ["made", "ended", "released", "dropped", "lost"];
        write!(to, "{:<16}", "values")?;
        columns.iter().try_for_each(|it| write!(to, "{it:>10}"))?;
        writeln!(to)?;
        for values in VALUES {
            let [made, ended, released, dropped] = [
                &values.made,
                &values.ended,
                &values.released,
                &values.dropped,
            ]
            .map(Count::get);
            let (name, lost) = (values.name, values.lost());
            writeln!(
                to,
                "{name:<16}{made:>10}{ended:>10}{released:>10}{dropped:>10}{lost:>10}"
            )?;
        }
        writeln!(to)?;
        self.print_stats(to)?;
        if let [Some(early), Some(late)] = self.during.memory {
            writeln!(
                to,
                "memory: {early} kB after a quarter, {late} kB at the end"
            )?;
        }
        writeln!(to, "stopping took {:?}\n", self.stopping_took)?;
        if let Some(still_running) = &self.still_running {
            writeln!(to, "{still_running}\n")?;
        }
        for (check, is_so) in self.checks() {
            writeln!(to, "{:<8}{check}", if is_so { "ok" } else { "NOT SO" })?;
        }
        Ok(())
    }
}
