//! Threads that wait for tokio's own: files and name lookups run on its blocking pool.

use std::time::Duration;

use hueless::{App, AppBuilder, Call, Input, block_on, handler, offload};
use tokio::runtime::Builder;

use super::{Meeting, is_idle, together, until};
use crate::support::{PATIENCE, both_kinds};

/// Runs a test where tokio has one thread for whatever blocks, on each runtime and in each app.
fn with_one_thread_of_tokio<T: Future<Output = ()>>(
    settings: impl Fn(AppBuilder) -> AppBuilder,
    test: impl Fn(App) -> T,
) {
    let mut multi_thread = Builder::new_multi_thread();
    multi_thread.worker_threads(2);
    for mut builder in [multi_thread, Builder::new_current_thread()] {
        let runtime = builder.max_blocking_threads(1).enable_all().build();
        runtime.expect("a runtime starts").block_on(async {
            for app in both_kinds(&settings) {
                let test = tokio::time::timeout(PATIENCE, test(app.clone()));
                test.await.unwrap_or_else(|_| panic!("{:?}", app.stats()));
            }
        });
    }
}

const THREADS: usize = 4;

/// Where the threads of a request meet before each wait, so that all of them wait at once.
#[derive(Clone, Copy)]
struct Company {
    meeting: &'static Meeting,
    size: usize,
}

#[handler]
fn waits(Input(company): Input<Company>) -> usize {
    company.meeting.of(company.size);
    let file = block_on(tokio::fs::metadata("."));
    company.meeting.of(company.size);
    let addresses = block_on(tokio::net::lookup_host("localhost:80"));
    company.meeting.of(company.size);
    let closure = block_on(offload(|| 1)).expect("no panic");
    company.meeting.of(company.size);
    let nested = block_on(offload(|| block_on(offload(|| 1)).expect("no panic")));
    let files = usize::from(file.expect("the folder is there").is_dir());
    let addresses = addresses.expect("it has an address").count().min(1);
    files + addresses + closure + nested.expect("no panic")
}

async fn all_wait(app: App, size: usize, meeting: &'static Meeting) {
    let call = || Call::new().with(Company { meeting, size });
    let requests = (0..THREADS).map(|_| app.run(waits::handler, call()));
    for result in together(requests).await {
        assert_eq!(result.expect("no failure"), 4);
    }
    let stats = until(&app, is_idle).await;
    assert!(stats.threads <= size, "{stats:?}");
    assert_eq!(stats.stalls, 0, "{stats:?}");
}

/// reth-bsc #476: as many blocking jobs as tokio has blocking threads, each of which waits for another
/// blocking job of the same pool: none ever ends.
#[test]
fn all_threads_wait_for_a_file_for_a_name_and_for_a_closure_at_once() {
    static MEETING: Meeting = Meeting::new();

    let settings = |builder: AppBuilder| {
        let builder = builder.blocking_limit(THREADS).seats(THREADS);
        builder.stall(Duration::MAX)
    };
    with_one_thread_of_tokio(settings, |app| all_wait(app, THREADS, &MEETING));
}

#[test]
fn the_only_thread_waits_for_a_file_for_a_name_and_for_a_closure() {
    static ALONE: Meeting = Meeting::new();

    let settings = |builder: AppBuilder| {
        let builder = builder.blocking_limit(1).seats(1);
        builder.stall(Duration::MAX)
    };
    with_one_thread_of_tokio(settings, |app| all_wait(app, 1, &ALONE));
}

/// And the other way round: what runs on tokio's pool does not keep a plain function from running.
#[test]
fn a_full_pool_of_tokio_stops_no_plain_function() {
    use crate::support::Signal;
    static OCCUPIED: Signal = Signal::new();
    static FREE: Signal = Signal::new();

    #[handler]
    fn show() -> u8 {
        FREE.give();
        1
    }

    let settings = |builder: AppBuilder| builder.blocking_limit(1).stall(Duration::MAX);
    with_one_thread_of_tokio(settings, |app| async move {
        OCCUPIED.reset();
        FREE.reset();
        let occupant = tokio::task::spawn_blocking(|| {
            OCCUPIED.give();
            FREE.wait_blocking();
        });
        OCCUPIED.wait().await;
        let shown = app.run(show::handler, Call::new()).await;
        assert_eq!(shown.expect("no failure"), 1);
        occupant.await.expect("no panic");
    });
}
