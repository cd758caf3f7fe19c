//! A loop that takes events from somewhere and answers each, as a worker or a cloud's runtime does.

use std::time::{Duration, Instant};

use hueless::tower::service;
use hueless::{
    AfterResponse, App, BoxError, Call, Context, Depends, Extract, ExtractLast, Failure, Outcome,
    Reject, Reply, dependency, handler,
};
use tokio::sync::{mpsc, oneshot};
use tower::{Service, ServiceExt};

/// What somebody is told who sends an event.
#[derive(Debug, PartialEq)]
enum Answer {
    Told(String),
    Refused(String),
}

/// What an event carries.
struct Event {
    payload: String,
}

/// What is read from it.
struct Payload(String);

impl Context for Event {
    type Rejection = Answer;
    type State = ();

    fn fail(failure: Failure) -> Answer {
        Answer::Refused(failure.to_string())
    }
}

impl Extract<Payload> for Event {
    async fn extract(&mut self) -> Result<Payload, Answer> {
        Ok(Payload(self.payload.clone()))
    }
}

impl ExtractLast<Payload, ()> for Event {
    async fn extract_last(&mut self, _reads_left: usize) -> Result<Payload, Answer> {
        self.extract().await
    }
}

impl Reject<String> for Event {
    fn reject(error: String) -> Answer {
        Answer::Refused(error)
    }
}

/// A loop that knows nothing of hueless but that there is something to be sent before `sent`.
async fn serve<S, R>(mut events: mpsc::Receiver<(Event, oneshot::Sender<Answer>)>, mut service: S)
where
    S: Service<Event, Response = (R, AfterResponse), Error = Answer>,
    R: Into<String>,
{
    while let Some((event, sender)) = events.recv().await {
        let Ok(service) = service.ready().await else {
            continue;
        };
        match service.call(event).await {
            Ok((value, after_response)) => {
                drop(sender.send(Answer::Told(value.into())));
                after_response.sent();
            }
            Err(refused) => drop(sender.send(refused)),
        }
    }
}

#[dependency]
fn words(Payload(text): Payload) -> Result<Vec<String>, String> {
    if text.is_empty() {
        return Err("nothing was said".to_owned());
    }
    Ok(text.split(' ').map(str::to_owned).collect())
}

#[dependency(singleton)]
fn outcomes() -> mpsc::UnboundedSender<Outcome> {
    panic!("a test brings its own")
}

#[dependency(after_response = leave)]
fn listener(outcomes: Depends<outcomes>) -> mpsc::UnboundedSender<Outcome> {
    mpsc::UnboundedSender::clone(&outcomes)
}

async fn leave(listener: Depends<listener>, outcome: Outcome) {
    let _ = listener.send(outcome);
}

// In turn, so that nobody listens where nothing was said.
#[handler(sequential)]
fn shout(words: Depends<words>, _listener: Depends<listener>) -> String {
    words.join("! ").to_uppercase()
}

#[tokio::test]
async fn every_event_is_answered_and_what_is_behind_the_answer_is_done() {
    let (sender, mut outcome) = mpsc::unbounded_channel();
    let app = App::builder()
        .replace_with::<outcomes>(sender)
        .build()
        .unwrap();
    let shouting = service(shout::handler).with_app(&app);
    let service = shouting.map_response(Reply::into_parts);
    let (send, events) = mpsc::channel(1);
    let serving = tokio::spawn(serve(events, service));

    let ask = async |payload: &str| {
        let (sender, answer) = oneshot::channel();
        let payload = payload.to_owned();
        send.send((Event { payload }, sender)).await.unwrap();
        answer.await.unwrap()
    };
    assert_eq!(ask("hear me").await, Answer::Told("HEAR! ME".to_owned()));
    assert_eq!(outcome.recv().await, Some(Outcome::Completed));
    assert_eq!(
        ask("").await,
        Answer::Refused("nothing was said".to_owned())
    );
    assert_eq!(ask("again").await, Answer::Told("AGAIN".to_owned()));
    assert_eq!(outcome.recv().await, Some(Outcome::Completed));

    drop(send);
    serving.await.unwrap();
    app.shutdown(Duration::from_secs(10)).await.unwrap();
}

#[dependency(singleton)]
fn made() -> Instant {
    Instant::now()
}

#[handler]
async fn when(made: Depends<made>) -> Instant {
    *made
}

#[tokio::test]
async fn clones_use_one_app_and_that_is_the_current_one_unless_another_is_given() {
    let telling = service(when::handler);
    let made = ask(telling.clone()).await;
    assert_eq!(made, ask(telling.clone()).await);
    let current = App::current().run(when::handler, Call::new());
    assert_eq!(made, current.await.unwrap());

    let own = telling.with_app(&App::new());
    let made_there = ask(own.clone()).await;
    assert_ne!(made, made_there);
    assert_eq!(made_there, ask(own).await);
}

async fn ask<S>(mut service: S) -> Instant
where
    S: Service<Call, Response = Reply<Instant>, Error = BoxError>,
{
    let reply = service.call(Call::new()).await;
    reply.expect("nothing fails").into_inner()
}
