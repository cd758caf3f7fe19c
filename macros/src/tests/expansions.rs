//! Snapshots of expansions, in `tests/expand` of the workspace. `UPDATE_EXPECT=1` writes them.

use expect_test::{ExpectFile, expect_file};

use super::expand;
use crate::kind::Kind::{self, Dependency, Handler};

fn check(kind: Kind, options: &str, item: &str, expected: &ExpectFile) {
    let expansion = expand(kind, options, item);
    let file = syn::parse2(expansion).expect("an expansion is items");
    expected.assert_eq(&prettyplease::unparse(&file));
}

macro_rules! snapshot {
    ($name:literal) => {
        expect_file![concat!(
            env!("CARGO_MANIFEST_DIR"),
            "/../tests/expand/",
            $name,
            ".rs"
        )]
    };
}

#[test]
fn a_plain_dependency() {
    check(
        Dependency,
        "",
        "/// The database.
        #[must_use]
        pub fn db(config: Depends<config>) -> Db { Db::open(&config) }",
        &snapshot!("dependency_plain"),
    );
}

#[test]
fn a_dependency_with_everything() {
    check(
        Dependency,
        "guard, requires(rate), after(audit), executor, limit = 8",
        "/// The user.
        #[deprecated]
        #[expect(clippy::unused_async)]
        async fn user(db: Depends<db>, #[depends] session: Session, headers: HeaderMap)
            -> Result<User, AuthError> { load() }",
        &snapshot!("dependency_full"),
    );
}

#[test]
fn a_singleton() {
    check(
        Dependency,
        "singleton",
        "fn pool(config: Depends<config>) -> Result<Pool, PoolError> { Pool::new() }",
        &snapshot!("dependency_singleton"),
    );
}

#[test]
fn a_dependency_whose_value_is_ended() {
    check(
        Dependency,
        "teardown = end, after_response = self::release::<u8>, timeout = \"1m 30s\"",
        "fn transaction(db: Depends<db>) -> Result<Transaction, DbError> { db.begin() }",
        &snapshot!("dependency_teardown"),
    );
}

#[test]
fn a_generic_singleton_that_is_ended() {
    check(
        Dependency,
        "singleton, teardown = close::<C>",
        "async fn pool<C: Config>() -> Pool<C> { Pool::new().await }",
        &snapshot!("dependency_generic_teardown"),
    );
}

#[test]
fn a_generic_dependency() {
    check(
        Dependency,
        "transient, cpu, limit = 4, queue = 0",
        "pub(crate) fn page<T: Backend, const SIZE: usize>(
            pool: Depends<T::Pool>,
            repo: Depends<repo<T>>,
            query: Query<T>,
        ) -> Page<T> where T: Clone { Page::new() }",
        &snapshot!("dependency_generic"),
    );
}

#[test]
fn a_struct() {
    check(
        Dependency,
        "",
        "#[derive(Debug)]
        pub struct Page { db: Depends<db>, #[depends] user: CurrentUser, query: Query<Params> }",
        &snapshot!("dependency_struct"),
    );
}

#[test]
fn a_plain_handler() {
    check(
        Handler,
        "",
        "/// Reads an item.
        #[tracing::instrument]
        pub fn read_item(user: Depends<user>, state: State<u32>, Path(id): Path<u64>, db: Depends<db>)
            -> impl IntoResponse { id }",
        &snapshot!("handler_plain"),
    );
}

#[test]
fn an_async_handler_without_parameters() {
    check(
        Handler,
        "sequential, requires(user), seat",
        "async fn ping() {}",
        &snapshot!("handler_async"),
    );
}

#[test]
fn a_handler_that_can_fail() {
    check(
        Handler,
        "timeout = \"500ms\"",
        "fn write(body: Bytes) -> Result<impl IntoResponse, WriteError> { store(body) }",
        &snapshot!("handler_result"),
    );
}

#[test]
fn a_generic_handler_whose_names_are_taken() {
    check(
        Handler,
        "inline",
        "fn list<C: Backend>(repo: Depends<repo<C>>, M(m): M<C>) -> C1 { load() }",
        &snapshot!("handler_generic"),
    );
}

#[test]
fn a_conditional_parameter() {
    check(
        Handler,
        "",
        "fn read(#[cfg(unix)] socket: Depends<socket>, body: Body) {}",
        &snapshot!("conditional"),
    );
}

#[test]
fn another_path_of_the_crate() {
    check(
        Dependency,
        "crate = crate::reexport",
        "fn r#type() -> u8 { 1 }",
        &snapshot!("crate_path"),
    );
}

#[test]
fn the_fallback_of_a_dependency() {
    check(
        Dependency,
        "sometimes, timeout = \"2s\", teardown = close, after_response = close",
        "fn db(config: Depends<config>) -> Result<Db, DbError> { Db::open(&config) }",
        &snapshot!("fallback_dependency"),
    );
}

#[test]
fn the_fallback_of_a_handler() {
    check(
        Handler,
        "",
        "async fn read<'a, T: Read<'a>>(body: &'a T) -> impl IntoResponse { body }",
        &snapshot!("fallback_handler"),
    );
}
