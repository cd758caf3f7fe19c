//! Declares a drawn graph to hueless, as the attributes would.

use std::cell::RefCell;
use std::sync::Arc;

use hueless::__private::{
    Colour, Declaration, Handler, HandlerMeta, Inputs, Invocation, Kind, LifetimeKind, Meta,
    Provider, Slot as PlanSlot, invoke_async, invoke_plain, rejecting,
};
use hueless::App;

use crate::catalogue::{AnyShared, AnyTransient, HERE, Slot};
use crate::code::{self, Token};
use crate::context::{self, Rejection, Request};
use crate::graph::{Graph, Parameter, Role};
use crate::log::{RUN, Run};

thread_local! {
    /// The graph whose plan is built on this thread, and how many nodes it has so far.
    static BUILDING: RefCell<Option<(Arc<Graph>, usize)>> = const { RefCell::new(None) };
}

/// The graph that is declared, and the number of the next node of its plan.
fn next_declared() -> (Arc<Graph>, usize) {
    BUILDING.with_borrow_mut(|building| {
        let (graph, next) = building.as_mut().expect("a plan is built by `resolve`");
        let number = *next;
        *next += 1;
        (Arc::clone(graph), number)
    })
}

pub(crate) fn declare_node(node: &mut Declaration<'_, Request>, slot: Slot) {
    let (graph, declared) = next_declared();
    let number = graph.node_of(slot);
    let drawn = &graph.nodes[number];
    for &required in &drawn.requires {
        (graph.nodes[required].slot.entry().requires)(node);
    }
    declare_parameters(node, &graph, &drawn.parameters, None);
    for &other in &drawn.after {
        (graph.nodes[other].slot.entry().after)(node);
    }
    if drawn.stays_on_executor {
        node.stays_on_executor();
    }
    match slot.role {
        Role::Shared | Role::Guard => {
            declare_code::<AnyShared>(node, slot.colour, number, declared);
        }
        Role::Transient => declare_code::<AnyTransient>(node, slot.colour, number, declared),
    }
}

fn declare_parameters(
    node: &mut Declaration<'_, Request>,
    graph: &Graph,
    parameters: &[Parameter],
    consuming: Option<usize>,
) {
    for &parameter in parameters {
        match parameter {
            Parameter::Depends(other) => (graph.nodes[other].slot.entry().depends)(node),
            Parameter::Reads(reader) => {
                next_declared();
                let entry = &context::CATALOGUE[reader];
                if consuming == Some(reader) {
                    (entry.extracts_last)(node);
                } else {
                    (entry.extracts)(node);
                }
            }
        }
    }
}

/// `D` is any type of the same lifetime: no more of it is used.
fn declare_code<D: Provider<Output = Token>>(
    node: &mut Declaration<'_, Request>,
    colour: Colour,
    number: usize,
    declared: usize,
) {
    let start = move |inputs: &mut Inputs| {
        let run = RUN.with(Arc::clone);
        let running = run.start(declared);
        let parameters = &run.graph.nodes[number].parameters;
        let value = code::value(declared, take(inputs, &run.graph, parameters));
        (run, running, value)
    };
    let plain = move |inputs: &mut Inputs| {
        let (run, running, value) = start(inputs);
        let made = code::run_plain(&run.graph.nodes[number].code, running, value);
        made.map(|number| Token::new(number, &run))
    };
    match colour {
        Colour::Async => node.runs_async::<D, _, _, _>(
            move |inputs| {
                let (run, running, value) = start(inputs);
                async move {
                    let code = &run.graph.nodes[number].code;
                    let made = code::run_async(code, running, value).await;
                    made.map(|number| Token::new(number, &run))
                }
            },
            rejecting::<Request, _>,
        ),
        Colour::Struct => node
            .builds::<D, _>(move |inputs| plain(inputs).expect("a struct is drawn without errors")),
        Colour::Plain | Colour::Inline | Colour::Cpu => {
            node.runs_plain::<D, _, _, _>(plain, rejecting::<Request, _>);
        }
    }
}

fn take(inputs: &mut Inputs, graph: &Graph, parameters: &[Parameter]) -> Vec<u64> {
    let take = |parameter: &Parameter| match *parameter {
        Parameter::Reads(reader) => (context::CATALOGUE[reader].take)(inputs),
        Parameter::Depends(other) => match graph.nodes[other].slot.role {
            Role::Shared | Role::Guard => inputs.depends::<AnyShared>().number,
            Role::Transient => inputs.depends::<AnyTransient>().number,
        },
    };
    parameters.iter().map(take).collect()
}

/// The handler, of the colour of that number.
#[derive(Debug)]
struct Root<const COLOUR: usize>;

impl<const COLOUR: usize> HandlerMeta for Root<COLOUR> {
    const META: &'static Meta = &Meta {
        name: "handler",
        type_name: std::any::type_name::<Self>,
        id: std::any::TypeId::of::<Self>,
        place: HERE,
        colour: crate::catalogue::COLOURS[COLOUR],
        lifetime: LifetimeKind::RequestScoped,
        kind: Kind::Handler,
        fallible: false,
        deps: &[],
        requires: &[],
        after: &[],
        reads: &[],
    };
}

impl<const COLOUR: usize> Handler<Request, (), Vec<u64>> for Root<COLOUR> {
    const SEQUENTIAL: bool = false;

    fn slot() -> &'static PlanSlot {
        static SLOT: PlanSlot = PlanSlot::new();
        &SLOT
    }

    fn declare(node: &mut Declaration<'_, Request>) {
        let (graph, _) = next_declared();
        let handler = &graph.handler;
        for &required in &handler.requires {
            (graph.nodes[required].slot.entry().requires)(node);
        }
        declare_parameters(node, &graph, &handler.parameters, graph.consuming_reader());
    }

    fn params(inputs: &mut Inputs) -> Vec<u64> {
        RUN.with(|run| take(inputs, &run.graph, &run.graph.handler.parameters))
    }
}

/// Resolves a graph in an app of its own. The first time builds the plan.
pub(crate) async fn resolve(app: App, run: Arc<Run>) -> Result<u64, Rejection> {
    let in_run = async {
        BUILDING.set(Some((Arc::clone(&run.graph), 0)));
        // Nothing is awaited between here and the first poll, which builds the plan on this thread.
        let request = Request::default();
        match run.graph.handler.colour {
            Colour::Async => {
                let invocation = Invocation::<Root<1>, _, _>::new(app, request);
                let reply = invoke_async(invocation, |inputs: Vec<u64>| {
                    let run = RUN.with(Arc::clone);
                    let running = run.start(0);
                    async move {
                        let code = &run.graph.handler.code;
                        code::run_async(code, running, code::value(0, inputs)).await
                    }
                });
                reply.await.map(hueless::Reply::into_inner)
            }
            Colour::Plain => call::<2>(app, request).await,
            Colour::Cpu => call::<3>(app, request).await,
            Colour::Inline | Colour::Struct => call::<0>(app, request).await,
        }
    };
    let value = RUN.scope(Arc::clone(&run), in_run).await;
    run.resolved();
    value.map(|value| value.expect("a handler is drawn without errors"))
}

async fn call<const COLOUR: usize>(
    app: App,
    request: Request,
) -> Result<Result<u64, String>, Rejection> {
    let invocation = Invocation::<Root<COLOUR>, _, _>::new(app, request);
    let reply = invoke_plain(invocation, |inputs: Vec<u64>| {
        RUN.with(|run| {
            let value = code::value(0, inputs);
            code::run_plain(&run.graph.handler.code, run.start(0), value)
        })
    });
    reply.await.map(hueless::Reply::into_inner)
}
