//! The functions that end the values of a node.

use std::sync::Arc;

use futures_util::future::BoxFuture;
use hueless::__private::{Declaration, Provider, Reject, Shared, never, no_text};
use hueless::{Cancellation, Depends, Outcome};

use super::Scenic;
use crate::catalogue::{AnyShared, AnySingleton};
use crate::code::Token;
use crate::ending::Ends;
use crate::graph::{Ending, Node, Role};
use crate::job;
use crate::log::{Member, What, Which};
use crate::scene::Run;

/// Declares what ends the value of the node of that number.
pub(super) fn declare<C: Scenic>(node: &mut Declaration<'_, C>, drawn: &Node, number: usize) {
    match drawn.slot.role {
        Role::Shared | Role::Guard => declare_of::<C, AnyShared>(node, drawn, number),
        Role::Singleton => declare_of::<C, AnySingleton>(node, drawn, number),
        // Who takes a transient value owns it.
        Role::Transient => {}
    }
}

/// `D` is any type of the same lifetime: no more of it is used.
fn declare_of<C, D>(node: &mut Declaration<'_, C>, drawn: &Node, number: usize)
where
    C: Scenic,
    D: Provider<Output = Token, Lifetime: Shared>,
    Depends<D>: Send,
{
    if drawn.slot.can_fail {
        let error = Erring {
            convert: |ended| ended,
            reject: <C as Reject<String>>::reject,
            text: |error: &String| Some(error.clone()),
        };
        error.declare::<D>(node, drawn, number);
    } else {
        let error = Erring {
            convert: |ended| {
                ended.expect("where the node cannot fail, what ends its value cannot either");
                Ok(())
            },
            reject: never::<C::Rejection>,
            text: no_text,
        };
        error.declare::<D>(node, drawn, number);
    }
}

/// What the functions that end a value fail with: `E`.
struct Erring<R, E> {
    convert: fn(Result<(), String>) -> Result<(), E>,
    reject: fn(E) -> R,
    text: fn(&E) -> Option<String>,
}

impl<R: Send + 'static, E: Send + 'static> Erring<R, E> {
    fn declare<D>(
        self,
        node: &mut Declaration<'_, impl Scenic<Rejection = R>>,
        drawn: &Node,
        number: usize,
    ) where
        D: Provider<Output = Token, Lifetime: Shared>,
        Depends<D>: Send,
    {
        let Self {
            convert,
            reject,
            text,
        } = self;
        let is_plain = |ending: &Ending| ending.is_plain;
        let which = Which::Teardown;
        match drawn.teardown.as_ref().map(is_plain) {
            Some(true) => {
                let function = plain::<D, E>(number, which, convert);
                node.tears_down::<D, E, _, _, _>(function, reject, text);
            }
            Some(false) => {
                let function = awaited::<D, E>(number, which, convert);
                node.tears_down::<D, E, _, _, _>(function, reject, text);
            }
            None => {}
        }
        let which = Which::AfterResponse;
        match drawn.after_response.as_ref().map(is_plain) {
            Some(true) => {
                let function = plain::<D, E>(number, which, convert);
                node.ends_after_response::<D, E, _, _, _>(function, text);
            }
            Some(false) => {
                let function = awaited::<D, E>(number, which, convert);
                node.ends_after_response::<D, E, _, _, _>(function, text);
            }
            None => {}
        }
    }
}

/// A plain function that ends a value.
fn plain<D, E>(
    number: usize,
    which: Which,
    convert: fn(Result<(), String>) -> Result<(), E>,
) -> impl Fn(Depends<D>, Outcome) -> Result<(), E> + Send + Sync + 'static
where
    D: Provider<Output = Token>,
    Depends<D>: Send,
    E: 'static,
{
    move |value, outcome| {
        let (run, ends) = begin(value, number, which, outcome);
        convert(ends.run_plain(&ending(&run, number, which).code))
    }
}

/// An async one.
fn awaited<D, E>(
    number: usize,
    which: Which,
    convert: fn(Result<(), String>) -> Result<(), E>,
) -> impl Fn(Depends<D>, Outcome) -> BoxFuture<'static, Result<(), E>> + Send + Sync + 'static
where
    D: Provider<Output = Token>,
    Depends<D>: Send,
    E: 'static,
{
    move |value, outcome| {
        let (run, ends) = begin(value, number, which, outcome);
        Box::pin(async move {
            let code = &ending(&run, number, which).code;
            convert(ends.run_async(code).await)
        })
    }
}

fn begin<D>(value: Depends<D>, number: usize, which: Which, outcome: Outcome) -> (Arc<Run>, Ends)
where
    D: Provider<Output = Token>,
    Depends<D>: Send,
{
    let (run, member) = (Arc::clone(&value.run), value.member);
    if let (true, Some(background), Member::Declared(declared)) = (
        ending(&run, number, which).leaves,
        &value.background,
        member,
    ) {
        job::leave(&run, background, which, declared);
    }
    if value.token.as_ref().is_some_and(Cancellation::is_cancelled) {
        run.log(member, What::ToldLater);
    }
    let ends = Ends::begin(&run, member, Box::new(value), which, outcome);
    (run, ends)
}

/// What ends the value of the node of that number.
fn ending(run: &Run, number: usize, which: Which) -> &Ending {
    let ending = run.graph().nodes[number].ending(which);
    ending.expect("what is called was drawn")
}
