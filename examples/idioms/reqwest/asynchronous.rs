//! With the async client.

use std::sync::Arc;
use std::time::Duration;

use hueless::{Depends, Input, dependency, handler};
use reqwest::{Client, Error};

use crate::library::{Book, address};

/// Everyone who waits for a singleton is told why it failed, so its error can be cloned.
#[dependency(singleton)]
pub(crate) async fn client() -> Result<Client, Arc<Error>> {
    Ok(Client::builder().timeout(Duration::from_secs(5)).build()?)
}

#[dependency]
pub(crate) async fn book(
    client: Depends<client>,
    address: Depends<address>,
    Input(number): Input<u32>,
) -> Result<Book, Error> {
    let request = client.get(format!("{address}/books/{number}"));
    let response = request.send().await?.error_for_status();
    // Where it was looked for is nobody's business outside.
    response.map_err(Error::without_url)?.json().await
}

#[handler]
pub(crate) async fn describe(book: Depends<book>) -> String {
    book.to_string()
}
