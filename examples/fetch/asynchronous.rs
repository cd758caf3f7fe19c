//! Async functions, with a client whose waiting takes no thread.

use axum::body::{Body, to_bytes};
use hueless::{BoxError, Depends, Input, dependency, handler};
use hyper_util::client::legacy::Client;
use hyper_util::client::legacy::connect::HttpConnector;
use hyper_util::rt::TokioExecutor;

use crate::document::Document;
use crate::library::Visit;

/// The longest document that is read.
const LIMIT: usize = 1 << 20;

/// The client, with the connections it keeps open.
#[dependency(singleton, inline)]
pub(crate) fn client() -> Client<HttpConnector, Body> {
    Client::builder(TokioExecutor::new()).build_http()
}

/// What fetches a document.
#[dependency]
#[derive(Debug)]
pub(crate) struct Reader {
    client: Depends<client>,
    visit: Input<Visit>,
}

impl Reader {
    async fn read(&self, name: &'static str) -> Result<Document, BoxError> {
        let Input(visit) = self.visit;
        let response = self.client.get(visit.url(name).parse()?).await?;
        let body = to_bytes(Body::new(response.into_body()), LIMIT).await?;
        let text = String::from_utf8(body.into())?;
        Ok(Document { name, text })
    }
}

#[dependency]
pub(crate) async fn news(reader: Depends<Reader>) -> Result<Document, BoxError> {
    reader.read("news").await
}

#[dependency]
pub(crate) async fn weather(reader: Depends<Reader>) -> Result<Document, BoxError> {
    reader.read("weather").await
}

#[dependency]
pub(crate) async fn trains(reader: Depends<Reader>) -> Result<Document, BoxError> {
    reader.read("trains").await
}

#[dependency]
pub(crate) async fn tides(reader: Depends<Reader>) -> Result<Document, BoxError> {
    reader.read("tides").await
}

/// All four: one task waits for all of them.
#[handler]
pub(crate) async fn together(
    news: Depends<news>,
    weather: Depends<weather>,
    trains: Depends<trains>,
    tides: Depends<tides>,
) -> Vec<Document> {
    [&*news, &*weather, &*trains, &*tides]
        .map(Document::clone)
        .into()
}

/// The same, one after another.
#[handler(sequential)]
pub(crate) async fn in_turn(
    news: Depends<news>,
    weather: Depends<weather>,
    trains: Depends<trains>,
    tides: Depends<tides>,
) -> Vec<Document> {
    together(news, weather, trains, tides).await
}
