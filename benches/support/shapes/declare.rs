//! How nodes and the handler are declared: the shape is that of the app that is being built on the thread.

use std::cell::RefCell;
use std::ops::Range;
use std::sync::Arc;

use hueless::__private::{
    Colour, Declaration, Handler, HandlerMeta, Inputs, Invocation, Kind, Many, Meta, Reply, Slot,
    invoke_async,
};
use hueless::{BoxError, Call};

use super::code::{declare, sum};
use super::nodes::{depends, meta};
use super::shape::Shape;

thread_local! {
    static SHAPE: RefCell<Option<Arc<Shape>>> = const { RefCell::new(None) };
}

/// Declares a graph of that shape while `build` builds an app.
pub(super) fn declaring<T>(shape: &Arc<Shape>, build: impl FnOnce() -> T) -> T {
    SHAPE.set(Some(Arc::clone(shape)));
    let built = build();
    SHAPE.set(None);
    built
}

fn shape() -> Arc<Shape> {
    SHAPE
        .with_borrow(Clone::clone)
        .expect("a plan is built with its app")
}

pub(super) fn declare_node(node: &mut Declaration<'_, Call>, number: usize) {
    let shape = shape();
    declare_needs(node, &shape, shape.needs(number));
    declare(node, &shape, number);
}

fn declare_needs(user: &mut Declaration<'_, Call>, shape: &Shape, needs: Range<usize>) {
    for number in needs {
        if shape.is_plain(number) {
            depends::<true>(user, number);
        } else {
            depends::<false>(user, number);
        }
    }
}

/// The handler, which takes so many values.
#[derive(Debug)]
pub(super) struct Root<const TAKEN: usize>;

/// What the values that a handler takes add up to.
pub(super) struct Sum(pub(super) u64);

impl<const TAKEN: usize> HandlerMeta for Root<TAKEN> {
    const META: &'static Meta = &meta::<Self>("handler", Colour::Async, Kind::Handler);
}

impl<const TAKEN: usize> Handler<Call, (), Sum> for Root<TAKEN> {
    const SEQUENTIAL: bool = false;

    fn slot() -> &'static Slot {
        static SLOT: Slot = Slot::new();
        &SLOT
    }

    fn declare(node: &mut Declaration<'_, Call>) {
        let shape = shape();
        declare_needs(node, &shape, shape.roots());
    }

    fn params(inputs: &mut Inputs) -> Sum {
        Sum(sum(inputs, &(0..TAKEN), 0))
    }
}

/// The handler's wrapper.
pub(super) fn handler<const TAKEN: usize>(
    invocation: Invocation<Root<TAKEN>, Call, ()>,
) -> impl Future<Output = Result<Reply<u64>, BoxError>> + Send {
    invoke_async(invocation, Many(|Sum(sum)| async move { sum }))
}
