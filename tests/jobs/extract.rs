//! What handlers and dependencies read from a job.

use std::convert::Infallible;

use apalis_core::backend::TaskSink;
use apalis_core::backend::memory::MemoryStorage;
use apalis_core::task::Task;
use apalis_core::task::attempt::Attempt;
use apalis_core::task::builder::TaskBuilder;
use apalis_core::task::data::Data;
use apalis_core::task::from_request::FromRequest;
use apalis_core::task::task_id::TaskId;
use apalis_core::worker::builder::WorkerBuilder;
use apalis_core::worker::context::WorkerContext;
use hueless::apalis::{Job, job};
use hueless::{App, Call, Depends, Input, dependency, handler};

/// How urgent a job is, which apalis has no extractor for.
struct Priority(usize);

impl<Args: Sync> FromRequest<Task<Args>> for Priority {
    type Error = Infallible;

    async fn from_request(task: &Task<Args>) -> Result<Self, Infallible> {
        Ok(Self(task.priority().unwrap_or_default()))
    }
}

#[dependency]
fn label(id: TaskId, Input(name): Input<String>, Priority(priority): Priority) -> String {
    format!("{name}, {id}, {priority}")
}

#[handler]
async fn describe(
    label: Depends<label>,
    Data(unit): Data<char>,
    worker: Option<WorkerContext>,
    attempt: Attempt,
    Input(name): Input<String>,
) -> String {
    assert!(worker.is_none());
    format!("{}, {unit}, {}, {name}", *label, attempt.current())
}

fn task() -> TaskBuilder<String> {
    TaskBuilder::new("Ada".to_owned())
        .task_id(TaskId::from_int(17))
        .priority(3)
        .attempt(2)
}

#[tokio::test(flavor = "multi_thread")]
async fn whatever_apalis_reads_from_a_task() {
    let task = task().data('m').build();
    let said = App::new().run(describe::handler, Job::new(task)).await;
    assert_eq!(said.expect("all is there"), "Ada, 17, 3, m, 2, Ada");
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_not_there_is_named() {
    let task = task().build();
    let said = App::new().run(describe::handler, Job::new(task)).await;
    let error = said.expect_err("no unit was given").to_string();
    assert_eq!(error, "the type for key `char` is not available");
}

#[dependency(singleton)]
async fn greeting() -> &'static str {
    "hello"
}

#[handler]
fn greet(greeting: Depends<greeting>, Input(name): Input<String>) -> String {
    format!("{greeting} {name}", greeting = *greeting)
}

#[tokio::test(flavor = "multi_thread")]
async fn the_same_handler_runs_in_a_call() {
    let call = Call::new().with("Ada".to_owned());
    let said = App::new().run(greet::handler, call).await;
    assert_eq!(said.expect("all is there"), "hello Ada");
    let task = Job::new(task().build());
    let said = App::new().run(greet::handler, task).await;
    assert_eq!(said.expect("all is there"), "hello Ada");
}

#[handler]
fn greet_once(greeting: Depends<greeting>, worker: WorkerContext) -> Result<(), String> {
    worker.emit(*greeting);
    worker.stop().map_err(|error| error.to_string())
}

/// What a worker's handler says in an app.
async fn said_in(app: Option<App>) -> &'static str {
    use apalis_core::worker::event::Event;
    use apalis_core::worker::ext::event_listener::EventListenerExt;
    let mut queue = MemoryStorage::new();
    queue.push(String::new()).await.expect("there is room");
    let (sender, said) = std::sync::mpsc::channel();
    let worker = WorkerBuilder::new("greeter").backend(queue);
    let worker = worker.on_event(move |_, event| {
        if let Event::Custom(said) = event {
            let said = said.downcast_ref::<&str>().expect("a greeting");
            sender.send(*said).expect("the test listens");
        }
    });
    match app {
        Some(app) => worker.data(app).build(job(greet_once::handler)).run().await,
        None => worker.build(job(greet_once::handler)).run().await,
    }
    .expect("no error");
    said.try_recv().expect("a greeting")
}

#[tokio::test(flavor = "multi_thread")]
async fn the_app_of_the_worker_serves_or_else_that_of_the_runtime() {
    let app = App::builder().replace_with::<greeting>("good day").build();
    assert_eq!(said_in(app.ok()).await, "good day");
    assert_eq!(said_in(None).await, "hello");
}
