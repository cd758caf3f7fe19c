//! [`Queue`]: which job runs next, and which thread looks for it. No thread and no clock is in here,
//! so every order of events can be played through.
//!
//! 1. If a job waits then a thread searches, or as many threads work as may work at once. Both are
//!    decided where a job is added or taken, so no job waits behind a long one while a thread is free,
//!    and no wake-up is lost.
//! 2. At most one thread searches: it has been called and has not looked yet. Who finds more than one
//!    job calls the next thread before it works.
//! 3. Jobs that go on with what has begun come first, then the others; each kind in the order in which
//!    they came.
//! 4. More threads than the limit work only after a stall, when no job had ended for a while; one less
//!    may work whenever a job ends. There are never more than `most`.

use std::collections::VecDeque;

/// How many threads may work at once.
#[derive(Debug, Clone, Copy)]
pub(super) struct Limits {
    /// Without a stall.
    pub(super) threads: usize,
    /// After stalls.
    pub(super) most: usize,
}

/// The jobs of one pool, and what its threads do.
#[derive(Debug)]
pub(super) struct Queue<J> {
    /// Jobs of what has begun.
    begun: VecDeque<J>,
    fresh: VecDeque<J>,
    limits: Limits,
    /// How many threads may work beyond the limit.
    extra: usize,
    working: usize,
    /// How many threads have nothing to do and have not been called.
    parked: usize,
    /// How many have parked and do not wait yet: they ask once more whether they are called. Whoever is
    /// called then need not be woken.
    awake: usize,
    search: Search,
    /// How many jobs have ended.
    ended: u64,
    stalls: u64,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Search {
    Nobody,
    /// A parked thread has been called and does not know it yet.
    Called,
    /// A thread that was called, or has just been started, is about to look.
    Underway,
}

/// What has to be done so that somebody looks for a job.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[must_use]
pub(super) enum Call {
    /// Nothing.
    Nobody,
    /// Nothing: a thread that has parked hears it before it waits.
    Hear,
    /// A parked thread is to be woken.
    Wake,
    /// A thread is to be started.
    Start,
}

/// What a thread is to do next.
#[derive(Debug)]
#[must_use]
pub(super) enum Next<J> {
    /// Work on this, when somebody else has been called.
    Work(J, Call),
    /// [Wait](Queue::wait) to be called.
    Park,
}

/// How it stands with a queue.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Standing {
    pub(super) waiting: usize,
    pub(super) working: usize,
    pub(super) threads: usize,
    pub(super) ended: u64,
    pub(super) stalls: u64,
}

impl<J> Queue<J> {
    pub(super) fn new(limits: Limits) -> Self {
        Self {
            begun: VecDeque::new(),
            fresh: VecDeque::new(),
            limits,
            extra: 0,
            working: 0,
            parked: 0,
            awake: 0,
            search: Search::Nobody,
            ended: 0,
            stalls: 0,
        }
    }

    /// Adds a job.
    pub(super) fn push(&mut self, job: J, has_begun: bool) -> Call {
        if has_begun {
            self.begun.push_back(job);
        } else {
            self.fresh.push_back(job);
        }
        self.call()
    }

    /// A thread that was called or started looks for a job.
    pub(super) fn look(&mut self) -> Next<J> {
        debug_assert_eq!(self.search, Search::Underway);
        self.search = Search::Nobody;
        self.next()
    }

    /// A thread has ended its job.
    pub(super) fn end(&mut self) -> Next<J> {
        self.working -= 1;
        self.ended += 1;
        self.extra = self.extra.saturating_sub(1);
        self.next()
    }

    /// A thread that has parked is about to wait, and asks whether it was called.
    pub(super) fn wait(&mut self) -> bool {
        self.awake -= 1;
        self.answer()
    }

    /// A parked thread wakes: whether it was called.
    pub(super) fn answer(&mut self) -> bool {
        if self.search != Search::Called {
            return false;
        }
        self.search = Search::Underway;
        true
    }

    /// Whether a parked thread is called that does not know it yet.
    pub(super) fn is_called(&self) -> bool {
        self.search == Search::Called
    }

    /// A parked thread has waited long enough, and ends.
    pub(super) fn leave(&mut self) {
        self.parked -= 1;
    }

    /// No thread could be started: one that has parked meanwhile is called instead. Returns the jobs as
    /// well if nobody is there to come to them later.
    pub(super) fn cannot_start(&mut self) -> (Call, Vec<J>) {
        self.search = Search::Nobody;
        if self.parked > 0 {
            return (self.call(), Vec::new());
        }
        if self.working > 0 {
            return (Call::Nobody, Vec::new());
        }
        (Call::Nobody, self.clear())
    }

    /// Nothing has ended since `ended` jobs had: if jobs wait and nobody looks for them, one more thread
    /// may work.
    pub(super) fn stalled(&mut self, ended: u64) -> Call {
        if !self.waits() || self.search != Search::Nobody || self.ended != ended {
            return Call::Nobody;
        }
        if self.working >= self.may_work() && self.may_work() < self.limits.most {
            self.extra += 1;
            self.stalls += 1;
        }
        self.call()
    }

    /// Whether jobs wait that no thread may come to before others have ended: more than may work at
    /// once, also if some threads have yet to look. Or no thread could be started for them.
    pub(super) fn is_crowded(&self) -> bool {
        let waiting = self.begun.len() + self.fresh.len();
        waiting > 0 && (self.search == Search::Nobody || waiting + self.working > self.may_work())
    }

    pub(super) fn standing(&self) -> Standing {
        let searching = usize::from(self.search != Search::Nobody);
        Standing {
            waiting: self.begun.len() + self.fresh.len(),
            working: self.working,
            threads: self.working + self.parked + searching,
            ended: self.ended,
            stalls: self.stalls,
        }
    }

    /// Gives up all that waits.
    pub(super) fn clear(&mut self) -> Vec<J> {
        self.begun.drain(..).chain(self.fresh.drain(..)).collect()
    }

    fn waits(&self) -> bool {
        !self.begun.is_empty() || !self.fresh.is_empty()
    }

    fn may_work(&self) -> usize {
        self.limits
            .threads
            .saturating_add(self.extra)
            .min(self.limits.most)
    }

    fn next(&mut self) -> Next<J> {
        if self.working < self.may_work()
            && let Some(job) = self.begun.pop_front().or_else(|| self.fresh.pop_front())
        {
            self.working += 1;
            return Next::Work(job, self.call());
        }
        self.parked += 1;
        self.awake += 1;
        Next::Park
    }

    /// Keeps the first invariant after a change.
    fn call(&mut self) -> Call {
        if !self.waits() || self.search != Search::Nobody || self.working >= self.may_work() {
            return Call::Nobody;
        }
        if self.parked > 0 {
            self.parked -= 1;
            self.search = Search::Called;
            return if self.awake > 0 {
                Call::Hear
            } else {
                Call::Wake
            };
        }
        self.search = Search::Underway;
        Call::Start
    }
}
