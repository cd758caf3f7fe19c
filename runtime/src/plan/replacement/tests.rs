//! What a replacement costs a request: nothing. Its plan is the one that the same graph has when it is
//! written that way.

use std::sync::Arc;

use hueless::{Admits, App, Call, Depends, Input, Invocation, Reply, dependency, handler};

use crate::context::Context;
use crate::handler::Handler;
use crate::plan::{Code, Plan};

#[dependency(singleton)]
fn config() -> u32 {
    1
}
#[dependency]
async fn session(Input(token): Input<u32>) -> u32 {
    token
}
#[dependency(guard)]
async fn user(session: Depends<session>) -> Result<u32, String> {
    Ok(*session)
}
#[dependency]
fn db(config: Depends<config>, Input(name): Input<String>) -> String {
    format!("{name}{}", *config)
}
#[dependency(after(user))]
async fn items(db: Depends<db>) -> usize {
    db.len()
}
#[handler(requires(user))]
fn read(items: Depends<items>, db: Depends<db>, Input(id): Input<u64>) -> String {
    format!("{} {} {id}", *items, *db)
}

/// Each has the shape of the one that it stands for.
#[dependency(guard)]
async fn fake_user(session: Depends<session>) -> Result<u32, String> {
    Ok(*session + 1)
}
#[dependency]
fn fake_db(config: Depends<config>, Input(name): Input<String>) -> String {
    format!("fake-{name}{}", *config)
}
#[dependency(singleton)]
fn fake_config() -> u32 {
    2
}

/// The graph of `read`, without `db`.
#[dependency(inline)]
fn given() -> String {
    "given".to_owned()
}
#[dependency(after(user))]
async fn items_of_given(db: Depends<given>) -> usize {
    db.len()
}
#[handler(requires(user))]
fn read_given(items: Depends<items_of_given>, db: Depends<given>, Input(id): Input<u64>) -> String {
    format!("{} {} {id}", *items, *db)
}

/// The plan of a handler, named as a user names it.
fn plan<H, M, P, R, T>(
    app: &App,
    _handler: impl FnOnce(Invocation<H, Call, M>) -> T,
) -> Arc<Plan<Call>>
where
    Call: Admits<H, M, P>,
    T: Future<Output = Result<Reply<R>, <Call as Context>::Rejection>>,
{
    <Call as Admits<H, M, P>>::plan(app).expect("nothing is wrong with it")
}

/// All that executors read of a plan, but for what code it runs.
fn shape(plan: &Plan<Call>) -> String {
    let edges = format!(
        "inputs {:?} requires {:?} dependents {:?} waits {:?} sources {:?} schedule {:?}",
        plan.inputs, plan.requires, plan.dependents, plan.waits, plan.sources, plan.schedule
    );
    let kinds: Vec<&str> = plan.code.iter().map(kind).collect();
    let nodes = format!(
        "kinds {kinds:?} colours {:?} can fail {:?} on lane {:?} reads left {:?} endings {:?}",
        plan.colours, plan.can_fail, plan.polled_on_lane, plan.reads_left, plan.has_endings
    );
    edges + " " + &nodes
}

fn kind(code: &Code<Call>) -> &'static str {
    match code {
        Code::Async(_) => "async",
        Code::Plain(_) => "plain",
        Code::Extract(_) => "extract",
        Code::Singleton(_) => "singleton",
        Code::Cancellation(_) | Code::Background(_) => "built in",
        Code::Slots(_) => "slots",
        Code::Handler => "handler",
    }
}

#[test]
fn a_replacement_of_the_same_shape_leaves_the_plan_as_it_is() {
    let written = plan(&App::new(), read::handler);
    let app = App::builder()
        .on::<Call>()
        .replace::<user, fake_user>()
        .replace::<db, fake_db>()
        .replace::<config, fake_config>()
        .build()
        .unwrap();
    let replaced = plan(&app, read::handler);

    assert_eq!(shape(&written), shape(&replaced));
    assert_eq!(
        written.names.join(" "),
        "Input<u32> session user config Input<String> db items Input<u64> read"
    );
    assert_eq!(
        replaced.names.join(" "),
        "Input<u32> session fake_user fake_config Input<String> fake_db items Input<u64> read"
    );
    // It is to others what it stands for.
    for node in 0..written.root() {
        assert_eq!(written.id(node), replaced.id(node));
    }
}

#[test]
fn the_plan_with_a_value_is_that_of_a_graph_with_a_leaf_in_its_place() {
    let app = App::builder()
        .replace_with::<db>("given".to_owned())
        .build()
        .unwrap();
    let replaced = plan(&app, read::handler);
    let written = plan(&App::new(), read_given::handler);

    assert_eq!(shape(&written), shape(&replaced));
    assert_eq!(
        replaced.names.join(" "),
        "Input<u32> session user db items Input<u64> read"
    );
}

#[test]
fn what_replaces_nothing_in_a_graph_leaves_it_alone() {
    let app = App::builder()
        .on::<Call>()
        .replace::<given, db>()
        .build()
        .unwrap();
    let (written, beside) = (plan(&App::new(), read::handler), plan(&app, read::handler));
    assert_eq!(shape(&written), shape(&beside));
    assert_eq!(written.names, beside.names);
}

#[test]
fn the_plan_of_what_an_app_serves_is_there_before_the_first_request() {
    fn kept<H, M: 'static, P, R, T>(
        app: &App,
        _handler: impl FnOnce(Invocation<H, Call, M>) -> T,
    ) -> bool
    where
        H: Handler<Call, M, P>,
        T: Future<Output = Result<Reply<R>, <Call as Context>::Rejection>>,
    {
        let slots = app.slots();
        let kept = slots.get_or_build::<(H, Call, M), Plan<Call>, _>(H::slot(), || Err(()));
        kept.is_ok()
    }

    let app = App::builder()
        .on::<Call>()
        .serves(read::handler)
        .build()
        .unwrap();
    assert!(kept(&app, read::handler));
    assert!(!kept(&app, read_given::handler));
}
