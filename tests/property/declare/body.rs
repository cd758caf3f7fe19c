//! The code of a node.

use hueless::__private::{Colour, Declaration, Inputs, Provider, rejecting};
use hueless::{Background, Cancellation, Depends};

use super::{Place, Scenic};
use crate::catalogue::{AnyShared, AnySingleton, AnyTransient, Slot};
use crate::code::{Running, Taken, Token};
use crate::context;
use crate::graph::{Graph, Parameter, Role};
use crate::scene::Run;

pub(super) fn declare<C: Scenic>(node: &mut Declaration<'_, C>, slot: Slot, place: &Place) {
    match slot.role {
        Role::Shared | Role::Guard => declare_of::<C, AnyShared>(node, slot.colour, place),
        Role::Transient => declare_of::<C, AnyTransient>(node, slot.colour, place),
        Role::Singleton => declare_of::<C, AnySingleton>(node, slot.colour, place),
    }
}

/// `D` is any type of the same lifetime: no more of it is used.
fn declare_of<C: Scenic, D: Provider<Output = Token>>(
    node: &mut Declaration<'_, C>,
    colour: Colour,
    place: &Place,
) {
    let (member, place) = (place.member, place.clone());
    let start = move |inputs: &mut Inputs| {
        let run = place.run();
        let drawn = &place.graph.nodes[place.node];
        let taken = take(
            inputs,
            &run,
            &drawn.parameters,
            drawn.takes_token,
            drawn.lends,
        );
        let background = drawn.leaves().then(|| {
            let background: Depends<Background> = inputs.depends();
            (*background).clone()
        });
        let kept = (taken.token.clone(), background);
        let running = Running::start(&run, member, taken);
        (run, running, place.node, kept)
    };
    let made = move |number, run, (token, background)| Token {
        number,
        member,
        token,
        background,
        run,
    };
    match colour {
        Colour::Async => node.runs_async::<D, _, _, _>(
            move |inputs| {
                let (run, running, node, kept) = start(inputs);
                async move {
                    let code = &run.graph().nodes[node].code;
                    let value = running.run_async(code).await;
                    value.map(|number| made(number, run, kept))
                }
            },
            rejecting::<C, _>,
        ),
        Colour::Plain | Colour::Inline | Colour::Cpu | Colour::Struct => {
            let plain = move |inputs: &mut Inputs| {
                let (run, running, node, kept) = start(inputs);
                let value = running.run_plain(&run.graph().nodes[node].code);
                value.map(|number| made(number, run, kept))
            };
            if colour == Colour::Struct {
                node.builds::<D, _>(move |inputs| {
                    plain(inputs).expect("a struct is drawn without errors")
                });
            } else {
                node.runs_plain::<D, _, _, _>(plain, rejecting::<C, _>);
            }
        }
        other => unreachable!("{other} is never drawn"),
    }
}

/// Takes the inputs of a node or of the handler, in the order in which they were declared.
pub(super) fn take(
    inputs: &mut Inputs,
    run: &Run,
    parameters: &[Parameter],
    takes_token: bool,
    lends: bool,
) -> Taken {
    let mut taken = Taken::default();
    for &parameter in parameters {
        match parameter {
            Parameter::Reads(reader) => {
                let read = context::CATALOGUE[reader].take;
                taken.numbers.push(read(inputs));
            }
            Parameter::Depends(other) => {
                take_value(inputs, run.graph(), other, &mut taken, |clone| {
                    if lends {
                        run.lend(clone);
                    }
                });
            }
        }
    }
    if takes_token {
        let token: Depends<Cancellation> = inputs.depends();
        taken.token = Some((*token).clone());
    }
    taken
}

fn take_value(
    inputs: &mut Inputs,
    graph: &Graph,
    node: usize,
    taken: &mut Taken,
    lend: impl Fn(Box<dyn std::any::Any + Send>),
) {
    match graph.nodes[node].slot.role {
        Role::Shared | Role::Guard => {
            let value = inputs.depends::<AnyShared>();
            lend(Box::new(value.clone()));
            taken.numbers.push(value.number);
            taken.held.push(Box::new(value));
        }
        Role::Singleton => {
            let value = inputs.depends::<AnySingleton>();
            lend(Box::new(value.clone()));
            taken.numbers.push(value.number);
            taken.held.push(Box::new(value));
        }
        Role::Transient => {
            let value = inputs.depends::<AnyTransient>();
            taken.numbers.push(value.number);
            taken.held.push(Box::new(value));
        }
    }
}
