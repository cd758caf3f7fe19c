//! Apps that serve a shape.

use std::sync::Arc;

use hueless::{App, AppBuilder, Call};

use super::declare::{declaring, handler};
use super::shape::Shape;

/// What a thread needs that declares a thousand nodes one within the other.
const STACK: usize = 256 << 20;

/// Serves a shape with an app, whose plan is built right away, on a thread with enough stack.
///
/// # Panics
///
/// The system refuses the thread.
#[must_use]
pub fn app(builder: AppBuilder, shape: &Shape) -> App {
    std::thread::scope(|scope| {
        let thread = std::thread::Builder::new().stack_size(STACK);
        let building = thread.spawn_scoped(scope, || build(builder, shape));
        let building = building.expect("the system gives a thread");
        building
            .join()
            .expect("a shape is a graph without a mistake")
    })
}

/// The same on this thread.
///
/// # Panics
///
/// The handler takes a number of values that there is no type for.
#[must_use]
pub fn build(builder: AppBuilder, shape: &Shape) -> App {
    declaring(&Arc::new(shape.clone()), || {
        let app = builder.on::<Call>();
        let app = match shape.taken() {
            1 => app.serves(handler::<1>),
            2 => app.serves(handler::<2>),
            4 => app.serves(handler::<4>),
            8 => app.serves(handler::<8>),
            10 => app.serves(handler::<10>),
            16 => app.serves(handler::<16>),
            100 => app.serves(handler::<100>),
            1_000 => app.serves(handler::<1_000>),
            other => panic!("no handler takes {other} values"),
        };
        app.build().expect("a shape is a graph without a mistake")
    })
}

/// Makes one request to an app that serves a shape whose handler takes so many values.
pub async fn run(app: App, taken: usize) -> u64 {
    let answer = match taken {
        1 => app.run(handler::<1>, Call::new()).await,
        2 => app.run(handler::<2>, Call::new()).await,
        4 => app.run(handler::<4>, Call::new()).await,
        8 => app.run(handler::<8>, Call::new()).await,
        10 => app.run(handler::<10>, Call::new()).await,
        16 => app.run(handler::<16>, Call::new()).await,
        100 => app.run(handler::<100>, Call::new()).await,
        _ => app.run(handler::<1_000>, Call::new()).await,
    };
    answer.unwrap_or_default()
}
