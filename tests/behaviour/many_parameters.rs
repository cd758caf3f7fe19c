//! Functions with more parameters than the runtime has tuples for: each gets its values, in order.

use hueless::{Call, Depends, Input, dependency, handler};

use crate::support::in_each_app;

#[dependency]
fn plain<const NUMBER: u64>() -> u64 {
    NUMBER
}
#[dependency]
async fn waits<const NUMBER: u64>() -> u64 {
    tokio::task::yield_now().await;
    NUMBER
}

/// As many as are taken at once, and as many as are taken one by one. All values are of one type, so
/// that only their order tells them apart.
macro_rules! functions {
    ($(#[$attribute:ident] [$($async:ident)?] fn $twelve:ident, $fourteen:ident;)*) => {$(
        #[$attribute]
        #[allow(clippy::too_many_arguments, reason = "the test is about it")]
        $($async)? fn $twelve(
            a: Depends<plain<1>>,
            b: Depends<waits<2>>,
            c: Depends<plain<3>>,
            d: Depends<waits<4>>,
            e: Depends<plain<5>>,
            Input(f): Input<u64>,
            g: Depends<plain<7>>,
            h: Depends<waits<8>>,
            i: Depends<plain<9>>,
            j: Depends<waits<10>>,
            k: Depends<plain<11>>,
            l: Depends<waits<12>>,
        ) -> Vec<u64> {
            vec![*a, *b, *c, *d, *e, f, *g, *h, *i, *j, *k, *l]
        }

        #[$attribute]
        #[allow(clippy::too_many_arguments, reason = "the test is about it")]
        $($async)? fn $fourteen(
            a: Depends<plain<1>>,
            b: Depends<waits<2>>,
            c: Depends<plain<3>>,
            d: Depends<waits<4>>,
            e: Depends<plain<5>>,
            Input(f): Input<u64>,
            g: Depends<plain<7>>,
            h: Depends<waits<8>>,
            i: Depends<plain<9>>,
            j: Depends<waits<10>>,
            k: Depends<plain<11>>,
            l: Depends<waits<12>>,
            m: Depends<plain<13>>,
            n: Depends<waits<14>>,
        ) -> Vec<u64> {
            vec![*a, *b, *c, *d, *e, f, *g, *h, *i, *j, *k, *l, *m, *n]
        }
    )*};
}

functions! {
    #[dependency] [async] fn twelve_async, fourteen_async;
    #[dependency] [] fn twelve_plain, fourteen_plain;
    #[handler] [async] fn serve_twelve_async, serve_fourteen_async;
    #[handler] [] fn serve_twelve_plain, serve_fourteen_plain;
}

#[handler]
async fn serve_dependencies(
    twelve: Depends<twelve_async>,
    fourteen: Depends<fourteen_async>,
    twelve_of_plain: Depends<twelve_plain>,
    fourteen_of_plain: Depends<fourteen_plain>,
) -> [Vec<u64>; 4] {
    [
        twelve.to_vec(),
        fourteen.to_vec(),
        twelve_of_plain.to_vec(),
        fourteen_of_plain.to_vec(),
    ]
}

fn up_to(last: u64) -> Vec<u64> {
    (1..=last).collect()
}

#[test]
fn a_handler_gets_its_values_in_order() {
    in_each_app(|app| async move {
        let call = || Call::new().with(6_u64);
        let served = app.run(serve_twelve_async::handler, call()).await;
        assert_eq!(served.expect("nothing fails"), up_to(12));
        let served = app.run(serve_twelve_plain::handler, call()).await;
        assert_eq!(served.expect("nothing fails"), up_to(12));
        let served = app.run(serve_fourteen_async::handler, call()).await;
        assert_eq!(served.expect("nothing fails"), up_to(14));
        let served = app.run(serve_fourteen_plain::handler, call()).await;
        assert_eq!(served.expect("nothing fails"), up_to(14));
    });
}

#[test]
fn a_dependency_gets_its_values_in_order() {
    in_each_app(|app| async move {
        let call = Call::new().with(6_u64);
        let [twelve, fourteen, twelve_of_plain, fourteen_of_plain] = app
            .run(serve_dependencies::handler, call)
            .await
            .expect("nothing fails");
        assert_eq!((twelve, fourteen), (up_to(12), up_to(14)));
        assert_eq!((twelve_of_plain, fourteen_of_plain), (up_to(12), up_to(14)));
    });
}
