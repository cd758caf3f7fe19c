//! A singleton never holds what belongs to one request.
//!
//! Where the whole chain is written out it does not compile, through however many plain functions,
//! transients, structs and `requires`: see `tests/ui/fail/lifetime`. Here are the two ways round that,
//! which no compiler can see at the singleton.

use hueless::{App, BoxError, Call, Depends, Failure, Provider, dependency, handler};

use crate::support::on_each_runtime;

#[dependency]
fn current_user() -> u32 {
    7
}

#[dependency(transient)]
fn of_the_user(user: Depends<current_user>) -> u32 {
    *user
}

#[dependency(transient)]
fn settings() -> u32 {
    1
}

/// A plain function that passes on whatever it is given.
#[dependency(transient)]
fn doubled<D: Provider<Output = u32>>(number: Depends<D>) -> u32 {
    *number * 2
}

#[dependency(singleton)]
fn cache(doubled: Depends<doubled<current_user>>) -> u32 {
    *doubled
}

#[dependency(singleton)]
fn pool(settings: Depends<settings>) -> u32 {
    *settings
}

#[handler]
async fn read_cache(cache: Depends<cache>) -> u32 {
    *cache
}

#[handler]
async fn read_pool(pool: Depends<pool>) -> u32 {
    *pool
}

/// Why the plan of a handler is refused.
fn why_refused(error: &BoxError) -> String {
    assert!(
        error
            .downcast_ref::<Failure>()
            .is_some_and(Failure::is_plan),
        "{error}"
    );
    error.source().expect("a plan says why").to_string()
}

/// FastAPI: only what is declared is looked at, so an app-wide dependency that takes a request's value
/// by way of a plain function keeps that of its first user, and shows it to everyone.
#[test]
fn a_singleton_that_takes_a_users_value_through_a_type_parameter_is_refused() {
    let expected =
        "a singleton lives longer than a request: cache -> doubled<current_user> -> current_user";
    let refused = App::builder()
        .on::<Call>()
        .serves(read_cache::handler)
        .build();
    assert_eq!(refused.expect_err("it is not built").to_string(), expected);
    let refused = App::builder().singleton::<cache>().build();
    assert_eq!(refused.expect_err("it is not built").to_string(), expected);

    on_each_runtime(|| async {
        // An app that is not told what it serves learns it from the first request.
        let error = App::new()
            .run(read_cache::handler, Call::new())
            .await
            .unwrap_err();
        assert_eq!(why_refused(&error), expected);
    });
}

/// The same in tests: what is replaced there changes the graph that was proven.
#[test]
fn a_singleton_that_takes_a_users_value_through_a_replacement_is_refused() {
    let replaced = || {
        App::builder()
            .on::<Call>()
            .replace::<settings, of_the_user>()
    };
    let expected = "a singleton is made outside of any request, and cannot take what stands for a \
                    dependency in requests only: pool -> settings (replaced by of_the_user)";
    for refused in [
        replaced().serves(read_pool::handler).build(),
        replaced().singleton::<pool>().build(),
    ] {
        let error = refused.expect_err("it is not built").to_string();
        assert!(error.starts_with(expected), "{error}");
    }

    on_each_runtime(|| async {
        let app = replaced().build().expect("nothing is known to be wrong");
        let error = app.run(read_pool::handler, Call::new()).await.unwrap_err();
        let why = why_refused(&error);
        assert!(why.starts_with(expected), "{why}");
    });
}

/// And by both at once, where what is replaced is the singleton: this is known from the start.
#[test]
fn a_singleton_that_is_replaced_by_one_that_takes_a_users_value_is_refused() {
    let refused = App::builder().on::<Call>().replace::<pool, cache>().build();
    assert_eq!(
        refused.expect_err("it is not built").to_string(),
        "a singleton lives longer than a request: \
         pool (replaced by cache) -> doubled<current_user> -> current_user"
    );
}
