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
    /// [`seats`](Self::seats) is the most there can be. 512 unless set; 1 at least, and no more than
    /// there are seats.
    ///
    /// ```
    /// use std::time::Duration;
    /// use futures_util::future::join3;
    /// use hueless::{App, Call, handler};
    ///
    /// #[handler]
    /// fn blocking() {}
    ///
    /// # tokio::runtime::Builder::new_multi_thread().enable_all().build().unwrap().block_on(async {
    /// let app = App::builder().blocking_limit(1).stall(Duration::from_secs(60)).build().unwrap();
    /// let ask = || app.run(blocking::handler, Call::new());
    /// join3(ask(), ask(), ask()).await;
    /// assert_eq!(app.stats().threads, 1);
    /// # });
    /// ```
    pub fn blocking_limit(mut self, threads: usize) -> Self {
        self.settings.lane.threads = threads;
        self
    }

    /// When one thread more is started: if a request that has a seat waits for a thread, and no blocking
    /// function has come to its end for this long. Those at work may wait for just that request. 10
    /// milliseconds unless set.
    ///
    /// ```
    /// use std::sync::Barrier;
    /// use std::time::Duration;
    /// use futures_util::future::join;
    /// use hueless::{App, Call, handler};
    ///
    /// static MEETING: Barrier = Barrier::new(2);
    ///
    /// /// Each waits for the other.
    /// #[handler]
    /// fn meet() {
    ///     MEETING.wait();
    /// }
    ///
    /// # tokio::runtime::Builder::new_multi_thread().enable_all().build().unwrap().block_on(async {
    /// let app = App::builder().blocking_limit(1).stall(Duration::from_millis(1)).build().unwrap();
    /// let ask = || app.run(meet::handler, Call::new());
    /// join(ask(), ask()).await;
    /// assert!(app.stats().stalls > 0);
    /// # });
    /// ```
    pub fn stall(mut self, stall: Duration) -> Self {
        self.settings.lane.stall = stall;
        self
    }

    /// How many requests may wait for a [seat](Self::seats). One more is turned away as
    /// [overloaded](crate::Failure::is_overloaded), and has run nothing. Four times the seats unless
    /// set; with 0 nobody waits.
    ///
    /// ```
    /// use hueless::{App, Call, Failure, handler};
    ///
    /// #[handler(seat)]
    /// async fn endless() {
    ///     std::future::pending().await
    /// }
    ///
    /// # tokio::runtime::Builder::new_multi_thread().enable_all().build().unwrap().block_on(async {
    /// let app = App::builder().seats(1).queue_limit(0).build().unwrap();
    /// let error = tokio::select! {
    ///     biased;
    ///     _ = app.run(endless::handler, Call::new()) => unreachable!("it has the seat"),
    ///     turned_away = app.run(endless::handler, Call::new()) => turned_away.unwrap_err(),
    /// };
    /// assert!(error.downcast_ref::<Failure>().unwrap().is_overloaded());
    /// assert_eq!(app.stats().overloads, 1);
    /// # });
    /// ```
    pub fn queue_limit(mut self, waiting: usize) -> Self {
        self.settings.lane.queue_limit = Some(waiting);
        self
    }

    /// How long a request may wait for a [seat](Self::seats) before it is turned away as
    /// [overloaded](crate::Failure::is_overloaded), and has run nothing. 30 seconds unless set. On a
    /// runtime without timers there is no limit, and the log says so.
    ///
    /// ```
    /// use std::time::Duration;
    /// use hueless::{App, Call, Failure, handler};
    ///
    /// #[handler(seat)]
    /// async fn endless() {
    ///     std::future::pending().await
    /// }
    ///
    /// # tokio::runtime::Builder::new_multi_thread().enable_all().build().unwrap().block_on(async {
    /// let timeout = Duration::from_millis(1);
    /// let app = App::builder().seats(1).queue_timeout(timeout).build().unwrap();
    /// let error = tokio::select! {
    ///     biased;
    ///     _ = app.run(endless::handler, Call::new()) => unreachable!("it has the seat"),
    ///     turned_away = app.run(endless::handler, Call::new()) => turned_away.unwrap_err(),
    /// };
    /// assert!(error.downcast_ref::<Failure>().unwrap().is_overloaded());
    /// # });
    /// ```
    pub fn queue_timeout(mut self, timeout: Duration) -> Self {
        self.settings.lane.queue_timeout = timeout;
        self
    }

    /// How many threads run at once what comes after responses: `after_response`, work in the
    /// [`Background`](crate::Background) and [blocking streams](crate::blocking_stream()). They are
    /// none of those of requests, and like those one more is started after a [`stall`](Self::stall).
    /// 64 unless set; 1 at least, and no more than there are [`seats`](Self::seats).
    ///
    /// ```
    /// use std::ops::Range;
    /// use std::time::Duration;
    /// use futures_util::StreamExt;
    /// use futures_util::future::join;
    /// use hueless::{App, Call, blocking_stream, handler};
    ///
    /// async fn sum(numbers: Range<u32>) -> u32 {
    ///     blocking_stream(numbers).fold(0, async |sum, number| sum + number).await
    /// }
    ///
    /// #[handler]
    /// async fn sums() -> (u32, u32) {
    ///     join(sum(0..10), sum(10..20)).await
    /// }
    ///
    /// # tokio::runtime::Builder::new_multi_thread().enable_all().build().unwrap().block_on(async {
    /// let app = App::builder().after_limit(1).stall(Duration::from_secs(60)).build().unwrap();
    /// assert_eq!(app.run(sums::handler, Call::new()).await.unwrap(), (45, 145));
    /// assert_eq!(app.stats().threads, 1);
    /// # });
    /// ```
    pub fn after_limit(mut self, threads: usize) -> Self {
        self.settings.lane.after_threads = threads;
        self
    }

    /// After how long a blocking function that does not end is named through `tracing`, and again
    /// after as long each time. 30 seconds unless set.
    ///
    /// ```
    /// use std::time::Duration;
    /// use hueless::App;
    ///
    /// // What runs for a minute is named after 5 seconds, after 10, and so on.
    /// let app = App::builder().stuck_after(Duration::from_secs(5)).build()?;
    /// # drop(app);
    /// # Ok::<(), hueless::PlanError>(())
    /// ```
    pub fn stuck_after(mut self, stuck_after: Duration) -> Self {
        self.settings.lane.stuck_after = stuck_after;
        self
    }
}
