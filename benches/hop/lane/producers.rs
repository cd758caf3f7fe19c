//! Producers of jobs, in four ways.

use std::sync::LazyLock;

use hueless::{App, BoxError, Call, Failure, Input, Invocation, Reply, handler, offload};
use hueless_benches::Competitor;
use tokio::task::JoinSet;

use super::THREADS;
use super::threads::Jobs;
use crate::by_hand::joined;

/// `spawn_blocking` for each job.
pub(super) fn spawn_blocking(producers: u32) -> Competitor {
    competitor("spawn_blocking", producers, |times, jobs| async move {
        for _ in 0..times {
            let jobs = jobs.clone();
            joined(tokio::task::spawn_blocking(move || jobs.run())).await;
        }
        true
    })
}

/// A request with a seat for each producer, which offloads each job.
pub(super) fn hueless_seat(producers: u32) -> Competitor {
    let app = App::new();
    competitor(
        "hueless: offload on a seat",
        producers,
        move |times, jobs| {
            let call = Call::new().with(times).with(jobs);
            let made = app.run(seated::handler, call);
            async move { matches!(made.await, Ok(Ok(()))) }
        },
    )
}

/// A request without a seat for each producer: each job takes one.
pub(super) fn hueless_offload(producers: u32) -> Competitor {
    let app = App::new();
    competitor(
        "hueless: offload without a seat",
        producers,
        move |times, jobs| {
            let call = Call::new().with(times).with(jobs);
            let made = app.run(unseated::handler, call);
            async move { matches!(made.await, Ok(Ok(()))) }
        },
    )
}

/// Each job is a request for a plain handler that takes nothing.
pub(super) fn hueless_handler(producers: u32) -> Competitor {
    match producers {
        1 => requests(producers, job::<1>::handler),
        2 => requests(producers, job::<2>::handler),
        8 => requests(producers, job::<8>::handler),
        _ => requests(producers, job::<64>::handler),
    }
}

fn requests<H, F, T>(producers: u32, handler: F) -> Competitor
where
    H: 'static,
    F: Fn(Invocation<H, Call, ()>) -> T + Clone + Send + 'static,
    T: Future<Output = Result<Reply<u64>, BoxError>> + Send + 'static,
{
    let app = App::new();
    let produce = move |times, _| {
        let (app, handler) = (app.clone(), handler.clone());
        async move {
            let mut done = true;
            for _ in 0..times {
                done &= app.run(handler.clone(), Call::new()).await.is_ok();
            }
            done
        }
    };
    let jobs = jobs_of_handler(producers).clone();
    of_jobs("hueless: plain handler", producers, jobs, produce)
}

/// The jobs of the handler for so many producers, which is given nothing that could tell it.
fn jobs_of_handler(producers: u32) -> &'static Jobs {
    static JOBS: LazyLock<[Jobs; 4]> = LazyLock::new(|| std::array::from_fn(|_| Jobs::new()));
    &JOBS[match producers {
        1 => 0,
        2 => 1,
        8 => 2,
        _ => 3,
    }]
}

#[handler(seat)]
async fn seated(Input(times): Input<u32>, Input(jobs): Input<Jobs>) -> Result<(), Failure> {
    offload_each(times, jobs).await
}

#[handler]
async fn unseated(Input(times): Input<u32>, Input(jobs): Input<Jobs>) -> Result<(), Failure> {
    offload_each(times, jobs).await
}

async fn offload_each(times: u32, jobs: Jobs) -> Result<(), Failure> {
    for _ in 0..times {
        let jobs = jobs.clone();
        offload(move || jobs.run()).await?;
    }
    Ok(())
}

#[handler]
fn job<const PRODUCERS: u32>() -> u64 {
    jobs_of_handler(PRODUCERS).run()
}

/// Producers that each do what `produce` does, which makes so many jobs. Comes to how many producers
/// were done.
fn competitor<F, T>(name: &str, producers: u32, produce: F) -> Competitor
where
    F: Fn(u32, Jobs) -> T + Clone + Send + 'static,
    T: Future<Output = bool> + Send + 'static,
{
    of_jobs(name, producers, Jobs::new(), produce)
}

fn of_jobs<F, T>(name: &str, producers: u32, jobs: Jobs, produce: F) -> Competitor
where
    F: Fn(u32, Jobs) -> T + Clone + Send + 'static,
    T: Future<Output = bool> + Send + 'static,
{
    let threads = jobs.clone();
    let competitor = Competitor::batches(name, producers.into(), move |times| {
        let (produce, jobs) = (produce.clone(), jobs.clone());
        async move {
            let mut tasks = JoinSet::new();
            for _ in 0..producers {
                tasks.spawn(produce(times, jobs.clone()));
            }
            let done = tasks.join_all().await;
            done.into_iter().filter(|done| *done).count() as u64
        }
    });
    competitor
        .units(producers)
        .figure(THREADS, move || threads.threads())
}
