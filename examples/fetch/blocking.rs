//! Plain functions, with a client that blocks until the document is there.

use hueless::{Depends, Input, dependency, handler};
use ureq::Agent;

use crate::document::Document;
use crate::library::Visit;

/// The client, with the connections it keeps open.
#[dependency(singleton)]
pub(crate) fn agent() -> Agent {
    Agent::new_with_defaults()
}

/// What fetches a document.
#[dependency]
#[derive(Debug)]
pub(crate) struct Reader {
    agent: Depends<agent>,
    visit: Input<Visit>,
}

impl Reader {
    fn read(&self, name: &'static str) -> Result<Document, ureq::Error> {
        let Input(visit) = self.visit;
        let mut response = self.agent.get(visit.url(name)).call()?;
        let text = response.body_mut().read_to_string()?;
        Ok(Document { name, text })
    }
}

#[dependency]
pub(crate) fn news(reader: Depends<Reader>) -> Result<Document, ureq::Error> {
    reader.read("news")
}

#[dependency]
pub(crate) fn weather(reader: Depends<Reader>) -> Result<Document, ureq::Error> {
    reader.read("weather")
}

#[dependency]
pub(crate) fn trains(reader: Depends<Reader>) -> Result<Document, ureq::Error> {
    reader.read("trains")
}

#[dependency]
pub(crate) fn tides(reader: Depends<Reader>) -> Result<Document, ureq::Error> {
    reader.read("tides")
}

/// All four: each is fetched on a thread of its own.
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
