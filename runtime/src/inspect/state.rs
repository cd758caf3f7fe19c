//! What an inspector tells, as JSON.

use std::sync::Arc;
use std::time::{SystemTime, UNIX_EPOCH};

use super::object::Object;
use super::watched::{Seen, Watched};
use crate::app::{Activity, App, Stage};
use crate::explain::Explanation;

/// The handlers of an app with what each does now, the first that was known first.
pub(super) fn handlers(app: &App) -> Vec<(Arc<Activity>, Arc<Watched>)> {
    let activities = app.life().activities().into_iter();
    let handlers = activities.filter_map(|activity| {
        let watched = Arc::clone(activity.watched()?);
        Some((activity, watched))
    });
    let mut handlers: Vec<_> = handlers.collect();
    handlers.sort_by_key(|(_, watched)| watched.number);
    handlers
}

/// The app, and every handler in short; with the start that the numbers of handlers and requests count
/// from.
pub(super) fn of_app(app: &App, start: &str) -> String {
    let handlers = handlers(app);
    let in_short = handlers
        .iter()
        .map(|(activity, watched)| in_short(activity, watched, &watched.seen()));
    Object::default()
        .text("start", start)
        .number("one_in", app.inspection().every().unwrap_or(0))
        .object("app", numbers(app))
        .array("handlers", in_short)
        .finish()
}

/// A handler, node by node.
pub(super) fn of_handler(app: &App, activity: &Activity, watched: &Watched) -> String {
    // Before anything is locked that a request may have to wait for.
    let tree = (watched.graph)(app).to_string();
    let seen = watched.seen();
    let slow_polls: Option<Vec<u64>> = watched.slow_polls.times().map(Iterator::collect);
    let nodes = watched.nodes.iter().enumerate().map(|(position, node)| {
        let slow_polls = slow_polls.as_ref().map(|times| times[position]);
        let object = Object::default()
            .text("name", &node.label)
            .text("colour", &node.colour.to_string())
            .text("place", &node.place.to_string())
            .number("slow_polls", slow_polls);
        match seen.nodes.get(position) {
            Some(seen) => object
                .number("made", seen.made)
                .number("failed", seen.failed)
                .number("dropped", seen.dropped)
                .number("skipped", seen.skipped)
                .times("queued", &seen.queued)
                .times("ran", &seen.took),
            None => object,
        }
    });
    let last = seen.last.iter().rev();
    let explanations = last.map(|(number, explanation)| request(*number, explanation));
    in_short(activity, watched, &seen)
        .text("tree", &tree)
        .array("nodes", nodes)
        .array("explanations", explanations)
        .finish()
}

fn in_short(activity: &Activity, watched: &Watched, seen: &Seen) -> Object {
    let present = Object::default()
        .number("running", activity.present(Stage::Running))
        .number("teardown", activity.present(Stage::Teardown))
        .number("responding", activity.present(Stage::Responding))
        .number("after_response", activity.present(Stage::AfterResponse));
    let explained = Object::default()
        .number("completed", seen.completed)
        .number("failed", seen.failed)
        .number("cancelled", seen.cancelled)
        .number("panicked", seen.panicked)
        .number("refused", seen.refused);
    Object::default()
        .number("number", watched.number)
        .text("name", &watched.meta.label())
        .text("path", (watched.meta.type_name)())
        .text("context", &watched.context)
        .text("place", &watched.meta.place.to_string())
        .number("requests", watched.requests())
        .object("present", present)
        .object("explained", explained)
        .times("answered", &seen.answered)
        .number(
            "slow_polls",
            watched.slow_polls.times().map(Iterator::sum::<u64>),
        )
}

fn request(number: u64, explanation: &Explanation) -> Object {
    let began = explanation.began().duration_since(UNIX_EPOCH);
    let since = SystemTime::now().duration_since(explanation.began());
    Object::default()
        .number("number", number)
        .text("outcome", &explanation.end())
        .time("began_unix_us", began.ok())
        .time("began_us_ago", since.ok())
        .time("answered_us", explanation.answered())
        .time("over_us", Some(explanation.over()))
}

/// What [`App::stats`] says, beside what is allowed.
fn numbers(app: &App) -> Object {
    let stats = app.stats();
    let lane = &app.settings().lane;
    Object::default()
        .number("seats", stats.seats)
        .number("seats_at_most", lane.seats)
        .number("waiting_for_seats", stats.waiting_for_seats)
        .number("overloads", stats.overloads)
        .number("slots", stats.slots)
        .number("waiting_for_slots", stats.waiting_for_slots)
        .number("threads", stats.threads)
        .number("threads_at_most", lane.threads)
        .number("working", stats.working)
        .number("waiting", stats.waiting)
        .number("hops", stats.hops)
        .number("stalls", stats.stalls)
        .number("past_cancellation", stats.past_cancellation)
}
