//! Aliases, patterns, conditions, and all that is read.

use axum::Json;
use axum::extract::{Path, Query};
use axum::http::HeaderMap;
use hueless::{Depends, Input, dependency, handler};

/// A number.
#[dependency]
pub fn number() -> u8 {
    1
}

/// Its other name.
pub type Number = Depends<number>;

/// Another name with a parameter.
pub type Needs<D> = Depends<D>;

/// Of one that is marked.
#[dependency]
pub fn marked(#[depends] number: Number, #[depends] same: Needs<number>) -> u8 {
    number.saturating_add(*same)
}

/// Of one that is there, and one that is not.
#[dependency]
pub async fn conditional(
    #[cfg(not(any()))] number: Depends<number>,
    #[cfg(any())] gone: Depends<gone>,
    #[cfg(any())] Gone(gone): Gone,
) -> u8 {
    core::future::ready(*number).await
}

/// Of what a pattern takes apart.
#[handler]
pub fn patterns(
    _: Depends<marked>,
    conditional: Depends<conditional>,
    Input((one, _)): Input<(u8, u8)>,
    mut sum: Input<u8>,
) -> u8 {
    sum.0 = sum.0.saturating_add(one).saturating_add(*conditional);
    sum.0
}

/// Of what axum extracts.
#[handler]
pub async fn extracted(
    Path(id): Path<u8>,
    Query(query): Query<Vec<(String, String)>>,
    headers: HeaderMap,
    #[cfg(not(any()))] Json(body): Json<Vec<u8>>,
) -> String {
    core::future::ready(format!("{id} {query:?} {headers:?} {body:?}")).await
}

/// With a raw name, of one.
#[dependency]
pub fn r#type(r#fn: Depends<number>) -> u8 {
    *r#fn
}
