//! Declares drawn routes to hueless, as the attributes would: a node is a type, so there is one for
//! each place in a set and each kind.

use std::sync::{Arc, Mutex, PoisonError};

use futures_util::future::BoxFuture;
use hueless::__private::{
    Colour, Declaration, Dependency, Handler, HandlerMeta, Inputs, Invocation, Kind, Limit, Many,
    Meta, Provider, Reply, RequestScoped, Slot, accepting, invoke_async, invoke_plain, never,
    no_text,
};
use hueless::{App, BoxError, Call, Depends, Outcome};

use crate::draw::{self, GivesBack, NODES, Set};
use crate::pool::{LIMITS, Thing};

tokio::task_local! {
    /// The set whose request is run: read where a plan is built, on the thread that polls first.
    static SET: Arc<Set>;
}

/// The value of a node.
#[derive(Debug)]
pub(crate) struct Value {
    set: Arc<Set>,
    thing: Mutex<Option<Thing>>,
}

impl Value {
    fn give_back(&self) {
        drop(
            self.thing
                .lock()
                .unwrap_or_else(PoisonError::into_inner)
                .take(),
        );
    }
}

/// The node of that number in the route of that number.
#[derive(Debug)]
struct Node<const ROUTE: usize, const NUMBER: usize, const PLAIN: bool, const GUARD: bool>;

const fn meta<T: 'static>(name: &'static str, is_plain: bool, kind: Kind) -> Meta {
    Meta {
        colour: if is_plain {
            Colour::Plain
        } else {
            Colour::Async
        },
        kind,
        ..Meta::new::<T>(name, module_path!())
    }
}

impl<const ROUTE: usize, const NUMBER: usize, const PLAIN: bool, const GUARD: bool> Provider
    for Node<ROUTE, NUMBER, PLAIN, GUARD>
{
    type Output = Value;
    type Lifetime = RequestScoped;
    const META: &'static Meta = &meta::<Self>(
        ["first", "second", "third", "fourth", "fifth"][NUMBER],
        PLAIN,
        if GUARD { Kind::Guard } else { Kind::Dependency },
    );
}

/// Any of them: to take a value, its type is enough.
type Any = Node<0, 0, false, false>;

impl<const ROUTE: usize, const NUMBER: usize, const PLAIN: bool, const GUARD: bool> Dependency<Call>
    for Node<ROUTE, NUMBER, PLAIN, GUARD>
{
    fn declare(node: &mut Declaration<'_, Call>) {
        let set = SET.with(Arc::clone);
        let drawn = &set.routes[ROUTE].nodes[NUMBER];
        for &taken in &drawn.takes {
            depends::<ROUTE>(node, &set, taken);
        }
        for &limited in &drawn.limited {
            depends_on_limited(node, &set, limited);
        }
        declare_teardown(node, drawn);
        let of_inputs = |set: &Set, inputs: &mut Inputs| {
            let drawn = &set.routes[ROUTE].nodes[NUMBER];
            take(inputs, &drawn.takes);
            take(inputs, &drawn.limited);
        };
        let thing = drawn.thing;
        if PLAIN {
            let function = move |inputs: &mut Inputs| {
                of_inputs(&set, inputs);
                set.block();
                let thing = thing.map(|_| set.pool.take_blocking());
                set.block();
                value(&set, thing)
            };
            node.runs_plain::<Any, _, _, _>(function, accepting);
        } else {
            let function = move |inputs: &mut Inputs| {
                of_inputs(&set, inputs);
                let set = Arc::clone(&set);
                async move {
                    set.wait().await;
                    let thing = match thing {
                        Some(_) => Some(set.pool.take().await),
                        None => None,
                    };
                    set.wait().await;
                    value(&set, thing)
                }
            };
            node.runs_async::<Any, _, _, _>(function, accepting);
        }
    }
}

fn value(set: &Arc<Set>, thing: Option<Thing>) -> Value {
    Value {
        set: Arc::clone(set),
        thing: Mutex::new(thing),
    }
}

fn take(inputs: &mut Inputs, takes: &[usize]) -> Vec<Depends<Any>> {
    takes.iter().map(|_| inputs.depends()).collect()
}

fn declare_teardown(node: &mut Declaration<'_, Call>, drawn: &draw::Node) {
    let gives_back = drawn.thing == Some(GivesBack::AtTeardown);
    match drawn.teardown {
        Some(draw::Colour::Plain) => {
            let function = move |value: Depends<Any>, _: Outcome| {
                value.set.block();
                if gives_back {
                    value.give_back();
                }
            };
            node.tears_down::<Any, _, _, _, _>(function, never::<BoxError>, no_text);
        }
        Some(draw::Colour::Async) => {
            let function = move |value: Depends<Any>, _: Outcome| -> BoxFuture<'static, ()> {
                Box::pin(async move {
                    value.set.wait().await;
                    if gives_back {
                        value.give_back();
                    }
                })
            };
            node.tears_down::<Any, _, _, _, _>(function, never::<BoxError>, no_text);
        }
        None => {}
    }
}

/// The limited dependency of that number, which all routes share.
#[derive(Debug)]
struct Limited<const NUMBER: usize, const PLAIN: bool>;

impl<const NUMBER: usize, const PLAIN: bool> Provider for Limited<NUMBER, PLAIN> {
    type Output = Value;
    type Lifetime = RequestScoped;
    const META: &'static Meta = &Meta {
        limit: Some(Limit {
            values: LIMITS[NUMBER],
            queue: None,
        }),
        ..meta::<Self>("limited", PLAIN, Kind::Dependency)
    };
}

impl<const NUMBER: usize, const PLAIN: bool> Dependency<Call> for Limited<NUMBER, PLAIN> {
    fn declare(node: &mut Declaration<'_, Call>) {
        let set = SET.with(Arc::clone);
        if PLAIN {
            let function = move |_: &mut Inputs| {
                set.block();
                value(&set, Some(set.pool.count(NUMBER)))
            };
            node.runs_plain::<Any, _, _, _>(function, accepting);
        } else {
            let function = move |_: &mut Inputs| {
                let set = Arc::clone(&set);
                async move {
                    set.wait().await;
                    value(&set, Some(set.pool.count(NUMBER)))
                }
            };
            node.runs_async::<Any, _, _, _>(function, accepting);
        }
    }
}

/// Names the type of a limited dependency.
fn depends_on_limited(user: &mut Declaration<'_, Call>, set: &Set, number: usize) {
    const { assert!(LIMITS.len() == 3, "there is a type for each") };
    match (number, set.plain_limited[number]) {
        (0, false) => user.depends::<Limited<0, false>>(),
        (0, true) => user.depends::<Limited<0, true>>(),
        (1, false) => user.depends::<Limited<1, false>>(),
        (1, true) => user.depends::<Limited<1, true>>(),
        (_, false) => user.depends::<Limited<2, false>>(),
        (_, true) => user.depends::<Limited<2, true>>(),
    }
}

/// Names the type of a node of a route.
fn depends<const ROUTE: usize>(user: &mut Declaration<'_, Call>, set: &Set, number: usize) {
    const { assert!(NODES == 5, "there is a type for each") };
    match number {
        0 => depends_on::<ROUTE, 0>(user, set),
        1 => depends_on::<ROUTE, 1>(user, set),
        2 => depends_on::<ROUTE, 2>(user, set),
        3 => depends_on::<ROUTE, 3>(user, set),
        _ => depends_on::<ROUTE, 4>(user, set),
    }
}

fn depends_on<const ROUTE: usize, const NUMBER: usize>(
    user: &mut Declaration<'_, Call>,
    set: &Set,
) {
    let drawn = &set.routes[ROUTE].nodes[NUMBER];
    match (drawn.is_plain, drawn.is_guard) {
        (false, false) => user.depends::<Node<ROUTE, NUMBER, false, false>>(),
        (false, true) => user.depends::<Node<ROUTE, NUMBER, false, true>>(),
        (true, false) => user.depends::<Node<ROUTE, NUMBER, true, false>>(),
        (true, true) => user.depends::<Node<ROUTE, NUMBER, true, true>>(),
    }
}

/// The handler of a route.
#[derive(Debug)]
struct Root<const ROUTE: usize, const PLAIN: bool>;

impl<const ROUTE: usize, const PLAIN: bool> HandlerMeta for Root<ROUTE, PLAIN> {
    const META: &'static Meta = &meta::<Self>("handler", PLAIN, Kind::Handler);
}

/// What a handler takes.
type Taken = Vec<Depends<Any>>;

impl<const ROUTE: usize, const PLAIN: bool> Handler<Call, (), (Arc<Set>, Taken)>
    for Root<ROUTE, PLAIN>
{
    const SEQUENTIAL: bool = false;

    fn slot() -> &'static Slot {
        static SLOT: Slot = Slot::new();
        &SLOT
    }

    fn declare(node: &mut Declaration<'_, Call>) {
        let set = SET.with(Arc::clone);
        for &taken in &set.routes[ROUTE].takes {
            depends::<ROUTE>(node, &set, taken);
        }
    }

    fn params(inputs: &mut Inputs) -> (Arc<Set>, Taken) {
        // There is one that nothing takes before the handler does.
        let first: Depends<Any> = inputs.depends();
        let set = Arc::clone(&first.set);
        let takes = &set.routes[ROUTE].takes[1..];
        let taken = std::iter::once(first).chain(take(inputs, takes)).collect();
        (set, taken)
    }
}

/// Gives back what is given back at the end.
fn end(set: &Set, route: usize, taken: &Taken) {
    let drawn = &set.routes[route];
    for (&number, value) in drawn.takes.iter().zip(taken) {
        if drawn.nodes[number].thing == Some(GivesBack::AtTheEnd) {
            value.give_back();
        }
    }
}

/// Runs a request of a route.
pub(crate) async fn run(app: App, set: Arc<Set>, route: usize) -> Result<(), BoxError> {
    let reply = SET.scope(Arc::clone(&set), async {
        match route {
            0 => run_on::<0>(app, &set).await,
            1 => run_on::<1>(app, &set).await,
            _ => run_on::<2>(app, &set).await,
        }
    });
    reply.await.map(Reply::into_inner)
}

async fn run_on<const ROUTE: usize>(app: App, set: &Set) -> Result<Reply<()>, BoxError> {
    if set.routes[ROUTE].is_plain {
        let invocation = Invocation::<Root<ROUTE, true>, _, _>::new(app, Call::new());
        let function = |(set, taken): (Arc<Set>, Taken)| {
            set.block();
            end(&set, ROUTE, &taken);
        };
        invoke_plain(invocation, function).await
    } else {
        let invocation = Invocation::<Root<ROUTE, false>, _, _>::new(app, Call::new());
        let function = |(set, taken): (Arc<Set>, Taken)| async move {
            set.wait().await;
            end(&set, ROUTE, &taken);
        };
        invoke_async(invocation, Many(function)).await
    }
}
