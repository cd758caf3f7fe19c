//! A queue beside a reference that says in the plainest way what it may do.

use std::collections::VecDeque;

use crate::queue::{Call, Limits, Next, Queue, Standing};

/// What can happen to a queue.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Event {
    PushBegun,
    PushFresh,
    /// The thread that searches looks.
    Look,
    End,
    /// A thread that has parked is about to wait, and asks whether it was called.
    Wait,
    /// A thread that waits asks whether it was called.
    Answer,
    Leave,
    Stall,
    /// A stall is seen too late: a job has ended meanwhile.
    LateStall,
    CannotStart,
    Clear,
}

/// Who searches.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Searcher {
    Called,
    Answered,
    Started,
}

/// A queue, and what is known of it from outside.
#[derive(Debug)]
pub(crate) struct Checked {
    queue: Queue<usize>,
    limits: Limits,
    begun: VecDeque<usize>,
    fresh: VecDeque<usize>,
    pushed: usize,
    working: usize,
    /// All that have nothing to do, called or not.
    parked: usize,
    /// Those of them that do not wait yet.
    awake: usize,
    searcher: Option<Searcher>,
    extra: usize,
    ended: u64,
    stalls: u64,
    /// Jobs may wait though more threads may work: the last one could not be started.
    is_short: bool,
}

impl Checked {
    pub(crate) fn new(limits: Limits) -> Self {
        Self {
            queue: Queue::new(limits),
            limits,
            begun: VecDeque::new(),
            fresh: VecDeque::new(),
            pushed: 0,
            working: 0,
            parked: 0,
            awake: 0,
            searcher: None,
            extra: 0,
            ended: 0,
            stalls: 0,
            is_short: false,
        }
    }

    /// What can happen now.
    pub(crate) fn events(&self) -> Vec<Event> {
        let is_called = self.searcher == Some(Searcher::Called);
        let mut events = vec![Event::PushBegun, Event::PushFresh, Event::Stall];
        let possible = [
            (Event::Look, self.searcher.is_some() && !is_called),
            (Event::End, self.working > 0),
            (Event::Wait, self.awake > 0),
            (Event::Answer, self.parked > self.awake),
            (Event::Leave, self.parked > self.awake && !is_called),
            (Event::LateStall, self.ended > 0),
            (Event::CannotStart, self.searcher == Some(Searcher::Started)),
            (Event::Clear, self.waits()),
        ];
        events.extend(
            possible
                .into_iter()
                .filter(|(_, can)| *can)
                .map(|(event, _)| event),
        );
        events
    }

    /// Has it happen, and compares.
    pub(crate) fn happens(&mut self, event: Event) {
        match event {
            Event::PushBegun => self.push(true),
            Event::PushFresh => self.push(false),
            Event::Look => {
                self.searcher = None;
                let next = self.queue.look();
                self.goes_on(&next);
            }
            Event::End => {
                self.working -= 1;
                self.ended += 1;
                self.extra = self.extra.saturating_sub(1);
                let next = self.queue.end();
                self.goes_on(&next);
            }
            Event::Wait => {
                self.awake -= 1;
                let is_called = self.queue.wait();
                self.answers(is_called);
            }
            Event::Answer => {
                let is_called = self.queue.answer();
                self.answers(is_called);
            }
            Event::Leave => {
                self.parked -= 1;
                self.queue.leave();
            }
            Event::Stall => self.stall(self.ended),
            Event::LateStall => self.stall(self.ended - 1),
            Event::CannotStart => self.cannot_start(),
            Event::Clear => {
                let jobs = self.queue.clear();
                assert_eq!(jobs, self.give_up());
            }
        }
        self.compare();
    }

    fn answers(&mut self, is_called: bool) {
        assert_eq!(is_called, self.searcher == Some(Searcher::Called));
        if is_called {
            self.parked -= 1;
            self.searcher = Some(Searcher::Answered);
        }
    }

    fn push(&mut self, has_begun: bool) {
        let job = self.pushed;
        self.pushed += 1;
        let queue = if has_begun {
            &mut self.begun
        } else {
            &mut self.fresh
        };
        queue.push_back(job);
        let call = self.queue.push(job, has_begun);
        self.calls(call);
    }

    fn stall(&mut self, ended: u64) {
        let is_stalled = self.waits() && self.searcher.is_none() && ended == self.ended;
        let is_full = self.working >= self.may_work();
        let grows = is_stalled && is_full && self.may_work() < self.limits.most;
        self.extra += usize::from(grows);
        self.stalls += u64::from(grows);
        let call = self.queue.stalled(ended);
        assert_eq!(call != Call::Nobody, is_stalled && (grows || !is_full));
        self.calls(call);
    }

    fn cannot_start(&mut self) {
        self.searcher = None;
        let (call, jobs) = self.queue.cannot_start();
        self.calls(call);
        if self.working + self.parked == 0 {
            assert_eq!(jobs, self.give_up());
        } else {
            assert_eq!(jobs, [0; 0], "somebody can still come to them");
        }
        self.is_short = self.searcher.is_none();
    }

    fn give_up(&mut self) -> Vec<usize> {
        self.begun.drain(..).chain(self.fresh.drain(..)).collect()
    }

    /// A thread has nothing to do: the next job is its, or it parks.
    fn goes_on(&mut self, next: &Next<usize>) {
        let may_work = self.working < self.may_work();
        match *next {
            Next::Work(job, call) => {
                assert!(may_work, "one too many works");
                let first = self.begun.pop_front().or_else(|| self.fresh.pop_front());
                assert_eq!(Some(job), first);
                self.working += 1;
                self.calls(call);
            }
            Next::Park => {
                assert!(!self.waits() || !may_work, "it parks, and a job waits");
                self.parked += 1;
                self.awake += 1;
            }
        }
    }

    fn calls(&mut self, call: Call) {
        let called = match call {
            Call::Nobody => return,
            Call::Hear => {
                assert!(self.awake > 0, "nobody hears it");
                Searcher::Called
            }
            Call::Wake => {
                assert!(self.parked > 0, "nobody is there to be called");
                assert_eq!(self.awake, 0, "somebody would have heard it");
                Searcher::Called
            }
            Call::Start => {
                assert_eq!(self.parked, 0, "one starts though others are parked");
                Searcher::Started
            }
        };
        self.is_short = false;
        let other = self.searcher.replace(called);
        assert_eq!(other, None, "two threads search");
    }

    fn compare(&mut self) {
        self.is_short &= self.waits();
        assert!(
            !self.waits()
                || self.searcher.is_some()
                || self.working >= self.may_work()
                || self.is_short,
            "a job waits, and nobody looks for it"
        );
        assert!(self.working <= self.limits.most);
        assert!(self.working as u64 <= self.limits.threads as u64 + self.stalls);
        let is_called = self.searcher == Some(Searcher::Called);
        let looks = self.searcher.is_some() && !is_called;
        assert_eq!(self.queue.is_called(), is_called);
        assert_eq!(self.queue.is_crowded(), self.is_crowded());
        let standing = Standing {
            waiting: self.begun.len() + self.fresh.len(),
            working: self.working,
            threads: self.working + self.parked + usize::from(looks),
            ended: self.ended,
            stalls: self.stalls,
        };
        assert_eq!(self.queue.standing(), standing);
    }

    fn waits(&self) -> bool {
        !self.begun.is_empty() || !self.fresh.is_empty()
    }

    fn may_work(&self) -> usize {
        (self.limits.threads + self.extra).min(self.limits.most)
    }

    fn is_crowded(&self) -> bool {
        let waiting = self.begun.len() + self.fresh.len();
        self.waits() && (self.searcher.is_none() || self.working + waiting > self.may_work())
    }
}
