//! Threads that may block: how many there are, and who waits for them for how long.

use std::time::Duration;

use super::AppBuilder;

impl<C> AppBuilder<C> {
    /// How many requests may have a seat at once: the right to a thread, which a request takes before
    /// its first node if anything of it may block, and gives back when its last node and its last
    /// teardown before the response are done. Those that come when all are taken wait, the first that
    /// came first. 4,096 unless set; 1 at least.
    ///
    /// ```
    /// use hueless::{App, Call, block_on, handler};
    ///
    /// #[handler]
    /// fn outer() -> usize {
    ///     let app = App::current();
    ///     app.stats().seats
    /// }
    ///
    /// # tokio::runtime::Builder::new_multi_thread().enable_all().build().unwrap().block_on(async {
    /// let app = App::builder().seats(100).build().unwrap();
    /// app.run(outer::handler, Call::new()).await.unwrap();
    /// assert_eq!(app.stats().seats, 0);
    /// # });
    /// ```
    pub fn seats(mut self, seats: usize) -> Self {
        self.settings.lane.seats = seats;
        self
    }

    /// How many threads run blocking functions at once. A thread more is started after each
    /// [`stall`](Self::stall), so this is what is used while work goes on, and
    /// [`seats`](Self::seats) is the most there can be. 512 unless set; 1 at least.
    pub fn blocking_limit(mut self, threads: usize) -> Self {
        self.settings.lane.threads = threads;
        self
    }

    /// When one thread more is started: if a request that has a seat waits for a thread, and no blocking
    /// function has come to its end for this long. Those at work may wait for just that request. 10
    /// milliseconds unless set.
    pub fn stall(mut self, stall: Duration) -> Self {
        self.settings.lane.stall = stall;
        self
    }

    /// How many requests may wait for a [seat](Self::seats). One more is turned away as
    /// [overloaded](crate::Failure::is_overloaded), and has run nothing. Four times the seats unless
    /// set.
    pub fn queue_limit(mut self, waiting: usize) -> Self {
        self.settings.lane.queue_limit = Some(waiting);
        self
    }

    /// How long a request may wait for a [seat](Self::seats) before it is turned away as
    /// [overloaded](crate::Failure::is_overloaded), and has run nothing. 30 seconds unless set.
    pub fn queue_timeout(mut self, timeout: Duration) -> Self {
        self.settings.lane.queue_timeout = timeout;
        self
    }

    /// How many threads run at once what comes after responses: `after_response`, work in the
    /// [`Background`](crate::Background) and [blocking streams](crate::blocking_stream()). They are
    /// none of those of requests, and like those one more is started after a [`stall`](Self::stall).
    /// 64 unless set; 1 at least.
    pub fn after_limit(mut self, threads: usize) -> Self {
        self.settings.lane.after_threads = threads;
        self
    }

    /// After how long a blocking function that does not end is named through `tracing`, and again
    /// after as long each time. 30 seconds unless set.
    pub fn stuck_after(mut self, stuck_after: Duration) -> Self {
        self.settings.lane.stuck_after = stuck_after;
        self
    }
}
