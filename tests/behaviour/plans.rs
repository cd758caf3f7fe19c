//! Plans: one for each instantiation, and what only a plan can refuse.

use hueless::{App, Call, Depends, Failure, Input, dependency, handler};

use crate::support::{call, on_each_runtime};

#[handler]
async fn generic<const MAX: usize>(page: Depends<page<MAX>>) -> usize {
    *page
}
#[dependency(inline)]
fn page<const MAX: usize>(Input(asked): Input<usize>) -> usize {
    asked.min(MAX)
}

#[test]
fn each_instantiation_is_a_node_and_a_plan_of_its_own() {
    #[handler]
    async fn both(small: Depends<page<10>>, large: Depends<page<100>>) -> (usize, usize) {
        (*small, *large)
    }

    on_each_runtime(|| async {
        let app = App::new();
        let asked = || Call::new().with(50_usize);
        assert_eq!(app.run(both::handler, asked()).await.unwrap(), (10, 50));
        assert_eq!(app.run(generic::<10>::handler, asked()).await.unwrap(), 10);
        assert_eq!(app.run(generic::<20>::handler, asked()).await.unwrap(), 20);
        assert_eq!(app.run(generic::<10>::handler, asked()).await.unwrap(), 10);
    });
}

#[test]
fn a_missing_input_is_a_rejection_that_says_how_to_give_it() {
    on_each_runtime(|| async {
        let missing = call(generic::<10>::handler).await.unwrap_err();
        assert_eq!(
            missing,
            "the call has no input of type `usize`; give it one with `Call::with`"
        );
    });
}

#[test]
fn a_plan_needs_no_runtime_until_something_has_to_leave_the_thread() {
    #[handler]
    fn blocks() {}

    let app = App::new();
    let asked = app.run(generic::<10>::handler, Call::new().with(50_usize));
    assert_eq!(
        futures_util::FutureExt::now_or_never(asked)
            .unwrap()
            .unwrap(),
        10
    );

    let failed = futures_util::FutureExt::now_or_never(app.run(blocks::handler, Call::new()));
    let error = failed.unwrap().unwrap_err();
    assert!(error.downcast_ref::<Failure>().is_some());
    assert!(error.to_string().contains("tokio runtime"), "{error}");
}

#[test]
fn what_starts_after_a_transient_dependency_is_refused_when_the_plan_is_built() {
    #[dependency(transient)]
    async fn fresh() -> () {}
    #[dependency(after(fresh))]
    async fn late() -> () {}
    #[handler]
    async fn both(_fresh: Depends<fresh>, _late: Depends<late>) {}

    on_each_runtime(|| async {
        let error = App::new()
            .run(both::handler, Call::new())
            .await
            .unwrap_err();
        assert!(
            error
                .downcast_ref::<Failure>()
                .is_some_and(Failure::is_plan)
        );
        let cause = std::error::Error::source(&*error).unwrap().to_string();
        assert_eq!(
            cause,
            "`late` starts after `fresh`, but that is transient: it is made for each use, so there \
             is no one moment when it is done"
        );
    });
}
