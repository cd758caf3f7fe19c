//! Who is asked whether a request is written down, and gets what was.

use std::sync::atomic::{AtomicUsize, Ordering};

use hueless::explain::{Explanation, Explanations, Sampler};
use hueless::{App, handler};

use crate::support::{call_in, on_each_runtime};

#[test]
fn who_samples_is_asked_once_for_each_request_and_gets_what_it_wants() {
    #[handler]
    async fn wanted() {}
    #[handler]
    async fn unwanted() {}

    struct Wants(&'static [AtomicUsize; 2]);
    impl Sampler for Wants {
        fn wants(&self, handler: &'static str) -> bool {
            self.0[0].fetch_add(1, Ordering::SeqCst);
            handler == "wanted"
        }
        fn take(&self, explanation: Explanation) {
            assert_eq!(explanation.handler(), "wanted");
            self.0[1].fetch_add(1, Ordering::SeqCst);
        }
    }

    on_each_runtime(|| async {
        static COUNTS: [AtomicUsize; 2] = [AtomicUsize::new(0), AtomicUsize::new(0)];
        let counts = || {
            COUNTS
                .each_ref()
                .map(|count| count.swap(0, Ordering::SeqCst))
        };
        let app = App::builder().explain(Wants(&COUNTS)).build();
        let app = app.expect("nothing is set wrongly");
        for _ in 0..3 {
            call_in(&app, wanted::handler).await.expect("no failure");
            call_in(&app, unwanted::handler).await.expect("no failure");
        }
        assert_eq!(counts(), [6, 3]);
    });
}

#[test]
fn one_in_so_many_is_kept_the_first_among_them() {
    #[handler]
    async fn show() {}

    on_each_runtime(|| async {
        for (every, kept) in [(0, 0), (1, 7), (3, 3)] {
            let explanations = Explanations::of_every(every);
            let app = App::builder().explain(explanations.clone()).build();
            let app = app.expect("nothing is set wrongly");
            for _ in 0..7 {
                call_in(&app, show::handler).await.expect("no failure");
            }
            assert_eq!(explanations.last().len(), kept, "{every}");
        }
    });
}

#[test]
fn a_sampler_that_panics_harms_nobody() {
    #[handler]
    async fn show() -> u8 {
        1
    }

    struct Panics(bool);
    impl Sampler for Panics {
        fn wants(&self, _: &'static str) -> bool {
            assert!(!self.0, "when it is asked");
            true
        }
        fn take(&self, _: Explanation) {
            panic!("when it takes");
        }
    }

    on_each_runtime(|| async {
        for when_asked in [true, false] {
            let app = App::builder().explain(Panics(when_asked)).build();
            let app = app.expect("nothing is set wrongly");
            assert_eq!(call_in(&app, show::handler).await, Ok(1));
        }
    });
}
#[test]
fn all_who_sample_are_asked_and_told() {
    #[handler]
    async fn show() {}

    on_each_runtime(|| async {
        let [one, other] = [1, 2].map(Explanations::of_every);
        let builder = App::builder().explain(one.clone());
        let app = builder.explain(other.clone()).build();
        let app = app.expect("nothing is set wrongly");
        for _ in 0..4 {
            call_in(&app, show::handler).await.expect("no failure");
        }
        assert_eq!((one.last().len(), other.last().len()), (4, 2));
    });
}
