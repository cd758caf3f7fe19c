//! The handler, and how a request is given to it.

use std::sync::Arc;
use std::time::Duration;

use hueless::__private::{
    Colour, Declaration, Handler, HandlerMeta, Inputs, Invocation, Kind, Many, Meta, Reply,
    Slot as PlanSlot, invoke_fallible_async, invoke_fallible_plain, is_err,
};
use hueless::{App, Background, Cancellation, Depends};

use super::body::take;
use super::{declare_after, declare_handler, declare_needs, numbers};
use crate::catalogue::COLOURS;
use crate::code::{Running, Taken};
use crate::context::{Rejection, Request};
use crate::graph::Limit;
use crate::log::Member;
use crate::scene::{RUN, Run};

/// The handler, of the colour and the time limit of those numbers.
#[derive(Debug)]
struct Root<const COLOUR: usize, const LIMIT: usize>;

const LIMITS: [Limit; 3] = [Limit::None, Limit::Generous, Limit::Tight];

/// What the handler's `Limit::Tight` is.
const TIGHT: Duration = Duration::from_millis(2);

impl<const COLOUR: usize, const LIMIT: usize> HandlerMeta for Root<COLOUR, LIMIT> {
    const META: &'static Meta = &Meta {
        colour: COLOURS[COLOUR],
        kind: Kind::Handler,
        timeout: LIMITS[LIMIT].timeout(TIGHT),
        ..Meta::new::<Self>("handler", module_path!())
    };
}

impl<const COLOUR: usize, const LIMIT: usize> Handler<Request, (), Taken> for Root<COLOUR, LIMIT> {
    const SEQUENTIAL: bool = false;

    fn slot() -> &'static PlanSlot {
        static SLOT: PlanSlot = PlanSlot::new();
        &SLOT
    }

    fn declare(node: &mut Declaration<'_, Request>) {
        let graph = declare_handler();
        let handler = &graph.handler;
        declare_needs(node, &graph, None, &handler.requires, &handler.parameters);
        if handler.takes_token {
            node.depends::<Cancellation>();
        }
        if !handler.jobs.is_empty() {
            node.depends::<Background>();
        }
        declare_after(node, &graph, &handler.after);
    }

    fn params(inputs: &mut Inputs) -> Taken {
        RUN.with(|run| {
            let handler = &run.graph().handler;
            let mut taken = take(
                inputs,
                run,
                &handler.parameters,
                handler.takes_token,
                handler.lends,
            );
            if !handler.jobs.is_empty() {
                let background: Depends<Background> = inputs.depends();
                taken.background = Some((*background).clone());
            }
            taken
        })
    }
}

type Returned = Result<u64, String>;

/// What a request is answered with.
pub(crate) type Answered = Result<Reply<Returned>, Rejection>;

/// Resolves a graph. The first time in an app builds the plan.
pub(crate) async fn resolve(app: App, run: Arc<Run>, request: Request) -> Answered {
    let in_run = async {
        // Nothing is awaited between here and the first poll, which builds the plan on this thread.
        numbers::begin_request(&run.scene.graph);
        match run.graph().handler.limit {
            Limit::None => call_of::<0>(app, &run, request).await,
            Limit::Generous => call_of::<1>(app, &run, request).await,
            Limit::Tight => call_of::<2>(app, &run, request).await,
        }
    };
    RUN.scope(Arc::clone(&run), in_run).await
}

async fn call_of<const LIMIT: usize>(app: App, run: &Run, request: Request) -> Answered {
    let handler = &run.graph().handler;
    let has_failed: fn(&Returned) -> bool = if handler.says_result {
        is_err
    } else {
        |_| false
    };
    match handler.colour {
        Colour::Async => {
            let invocation = Invocation::<Root<1, LIMIT>, _, _>::new(app, request);
            let function = |taken: Taken| {
                let run = RUN.with(Arc::clone);
                let running = Running::start(&run, Member::Declared(0), taken);
                async move { running.run_async(&run.graph().handler.code).await }
            };
            invoke_fallible_async(invocation, Many(function), has_failed).await
        }
        Colour::Plain => call::<2, LIMIT>(app, request, has_failed).await,
        Colour::Cpu => call::<3, LIMIT>(app, request, has_failed).await,
        Colour::Inline | Colour::Struct => call::<0, LIMIT>(app, request, has_failed).await,
        other => unreachable!("{other} is never drawn"),
    }
}

async fn call<const COLOUR: usize, const LIMIT: usize>(
    app: App,
    request: Request,
    has_failed: fn(&Returned) -> bool,
) -> Answered {
    let invocation = Invocation::<Root<COLOUR, LIMIT>, _, _>::new(app, request);
    let function = |taken: Taken| {
        RUN.with(|run| {
            let running = Running::start(run, Member::Declared(0), taken);
            running.run_plain(&run.graph().handler.code)
        })
    };
    invoke_fallible_plain(invocation, function, has_failed).await
}
