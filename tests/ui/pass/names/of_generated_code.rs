//! Names that generated code uses as well.
#![deny(warnings)]

use hueless::{App, Call, Depends, Input, dependency, handler as handle};

#[dependency]
fn node() -> u8 {
    1
}

#[dependency]
fn inputs(node: Depends<node>) -> u8 {
    *node
}

#[dependency]
#[allow(non_snake_case)]
fn C(walk: Depends<inputs>, up: Depends<node>, path: Depends<node>) -> u8 {
    *walk + *up + *path
}

#[dependency]
fn invocation<C: Send + Sync + Default + 'static, M: Default + Send + Sync>() -> (C, M) {
    (C::default(), M::default())
}

#[handle]
fn read<C, M>(
    a0: Depends<three>,
    a1: Depends<invocation<C, u8>>,
    invocation: Depends<node>,
    Input(a2): Input<M>,
) -> u8
where
    C: Send + Sync + Default,
    M: Into<u8> + Clone + Send,
{
    let _: &C = &a1.0;
    *a0 + a1.1 + *invocation + a2.into()
}

#[dependency]
#[allow(non_snake_case)]
fn three(C: Depends<C>) -> u8 {
    *C
}

#[handle]
#[allow(non_snake_case)]
fn M(state: Depends<C>, Input(own): Input<u8>) -> u8 {
    *state + own
}

#[handle]
async fn handler(context: Depends<node>, meta: Depends<inputs>) -> u8 {
    *context + *meta
}

#[tokio::main(flavor = "current_thread")]
async fn main() {
    let call = || Call::new().with(1_u8);
    let app = App::new();
    assert_eq!(app.run(read::<u8, u8>::handler, call()).await.unwrap(), 5);
    assert_eq!(app.run(M::handler, call()).await.unwrap(), 4);
    assert_eq!(app.run(handler::handler, call()).await.unwrap(), 2);
}
