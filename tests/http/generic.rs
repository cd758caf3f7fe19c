//! Generic handlers and dependencies: each instantiation is one of its own.

use axum::Router;
use axum::extract::{Path, State};
use axum::routing::get;
use hueless::{Depends, dependency, handler};

use crate::client::{ask, get as request};

trait Backend: Send + Sync + 'static {
    const NAME: &'static str;
}

struct Postgres;
struct Memory;

impl Backend for Postgres {
    const NAME: &'static str = "postgres";
}

impl Backend for Memory {
    const NAME: &'static str = "memory";
}

struct Names<B> {
    backend: std::marker::PhantomData<B>,
    prefix: &'static str,
}

#[dependency(singleton)]
fn names<B: Backend>() -> Names<B> {
    Names {
        backend: std::marker::PhantomData,
        prefix: B::NAME,
    }
}

#[dependency(inline)]
fn most<const MOST: usize>(State(least): State<usize>) -> usize {
    MOST.max(least)
}

#[handler]
fn list<B: Backend>(names: Depends<names<B>>, most: Depends<most<3>>) -> String {
    let _: std::marker::PhantomData<B> = names.backend;
    format!("{} of {}", *most, names.prefix)
}

#[handler]
async fn one<B, const WIDTH: usize>(names: Depends<names<B>>, Path(id): Path<usize>) -> String
where
    B: Backend,
{
    format!("{}/{id:0WIDTH$}", names.prefix)
}

fn router() -> Router {
    Router::new()
        .route("/postgres", get(list::<Postgres>::handler))
        .route("/memory", get(list::<Memory>::handler))
        .route("/postgres/{id}", get(one::<Postgres, 2>::handler))
        .route("/memory/{id}", get(one::<Memory, 4>::handler))
        .with_state(1)
}

#[tokio::test]
async fn a_generic_handler_is_registered_once_for_each_type() {
    let router = router();
    let answer = ask(&router, request("/postgres")).await;
    assert_eq!(answer.seen(), (200, "3 of postgres"));
    let answer = ask(&router, request("/memory")).await;
    assert_eq!(answer.seen(), (200, "3 of memory"));
}

#[tokio::test]
async fn constants_are_arguments_too() {
    let router = router();
    let answer = ask(&router, request("/postgres/7")).await;
    assert_eq!(answer.seen(), (200, "postgres/07"));
    let answer = ask(&router, request("/memory/7")).await;
    assert_eq!(answer.seen(), (200, "memory/0007"));
}
