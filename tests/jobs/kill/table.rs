//! [`Row`]: what became of the jobs of one queue.

use std::fmt;

use crate::queue::Acknowledged;
use crate::workers::{AT_ONCE, Entries, Numbers};

/// What became of the jobs of one queue.
pub(super) struct Row {
    queue: &'static str,
    asked: u32,
    interrupted: Numbers,
    begun_again: Numbers,
    done: usize,
    /// Asked for and not done, or not acknowledged.
    lost: usize,
    done_again: usize,
    acknowledged: usize,
    acknowledged_again: usize,
}

impl Row {
    pub(super) fn new(
        queue: &'static str,
        asked: u32,
        entries: &Entries,
        interrupted: &Numbers,
        acknowledged: &Acknowledged,
    ) -> Self {
        let (begun, completed) = (entries.begun(), entries.completed());
        let is_lost = |number: &u32| !completed.contains_key(number);
        let begun_again = begun.iter().filter(|&(_, &times)| times > 1);
        Self {
            queue,
            asked,
            interrupted: interrupted.clone(),
            begun_again: begun_again.map(|(&number, _)| number).collect(),
            done: completed.len(),
            lost: (0..asked).filter(is_lost).count(),
            done_again: completed.values().filter(|&&times| times > 1).count(),
            acknowledged: acknowledged.len(),
            acknowledged_again: acknowledged.values().filter(|&&times| times > 1).count(),
        }
    }

    pub(super) fn check(&self) {
        let asked = self.asked as usize;
        assert_eq!(self.interrupted.len(), AT_ONCE);
        assert_eq!(self.begun_again, self.interrupted);
        assert_eq!((self.done, self.lost, self.done_again), (asked, 0, 0));
        assert_eq!((self.acknowledged, self.acknowledged_again), (asked, 0));
    }
}

impl fmt::Display for Row {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self {
            queue,
            asked,
            interrupted,
            begun_again,
            done,
            lost,
            done_again,
            acknowledged,
            acknowledged_again,
        } = self;
        writeln!(
            formatter,
            "\n{:<12}{:>7}{:>13}{:>7}{:>7}{:>12}{:>14}{:>20}  ran again",
            "queue",
            "asked",
            "interrupted",
            "done",
            "lost",
            "done twice",
            "acknowledged",
            "acknowledged twice",
        )?;
        write!(
            formatter,
            "{queue:<12}{asked:>7}{:>13}{done:>7}{lost:>7}{done_again:>12}\
             {acknowledged:>14}{acknowledged_again:>20}  {begun_again:?}",
            interrupted.len(),
        )
    }
}
