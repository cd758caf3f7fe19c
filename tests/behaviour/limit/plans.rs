//! A graph that needs more values at once than may live.

use std::error::Error;

use hueless::{App, Call, Depends, PlanError, dependency, handler};

use super::failure;
use crate::support::on_each_runtime;

const LINE: u32 = line!() + 3;

#[dependency(transient, limit = 2)]
async fn buffer() -> u8 {
    1
}
#[dependency]
async fn two(one: Depends<buffer>, other: Depends<buffer>) -> u8 {
    *one + *other
}
#[handler]
async fn three(two: Depends<two>, one: Depends<buffer>) -> u8 {
    *two + *one
}
#[handler]
async fn just_two(two: Depends<two>) -> u8 {
    *two
}

fn expected() -> String {
    format!(
        "`buffer` at {}:{LINE} has `limit = 2`, but one request needs 3 of it: it is transient, so it \
         is made for each use, and a request takes the slots of all uses at once; raise the limit, \
         or use it less often",
        file!()
    )
}

#[test]
fn is_refused_when_its_plan_is_built() {
    on_each_runtime(|| async {
        let app = App::new();
        let failure = failure(app.run(three::handler, Call::new()).await);
        assert!(failure.is_plan());
        assert_eq!(failure.source().unwrap().to_string(), expected());
        assert_eq!(app.run(just_two::handler, Call::new()).await.unwrap(), 2);
    });
}

#[test]
fn is_refused_when_an_app_is_built_that_knows_of_it() {
    let error: PlanError = App::builder()
        .on::<Call>()
        .serves(three::handler)
        .serves(just_two::handler)
        .build()
        .unwrap_err();
    assert_eq!(error.to_string(), expected());
}

#[test]
fn is_refused_for_a_replacement_and_for_what_a_singleton_is_made_from() {
    #[dependency]
    async fn plain_two() -> u8 {
        2
    }
    #[dependency]
    async fn too_many(_a: Depends<buffer>, _b: Depends<buffer>, _c: Depends<buffer>) -> u8 {
        3
    }
    #[dependency(singleton)]
    async fn cache(_a: Depends<buffer>, _b: Depends<buffer>, _c: Depends<buffer>) -> u8 {
        3
    }

    let replaced = App::builder().on::<Call>().replace::<plain_two, too_many>();
    assert_eq!(replaced.build().unwrap_err().to_string(), expected());
    let known = App::builder().singleton::<cache>().build();
    assert_eq!(known.unwrap_err().to_string(), expected());
}
