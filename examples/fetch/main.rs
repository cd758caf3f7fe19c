//! Four documents from a slow server: four waits, or one?
//!
//! Each document is a dependency. Fetched by plain functions with a blocking client, or by async
//! ones with an async client, they arrive together, since none needs another. `sequential` fetches
//! the same ones one after another, for comparison.
//!
//! ```text
//! cargo run --example fetch
//! ```

mod asynchronous;
mod blocking;
mod document;
mod library;

use std::time::{Duration, Instant};

use hueless::{App, BoxError, Call};

use self::document::Document;
use self::library::{Library, Visit};

#[tokio::main]
async fn main() -> Result<(), BoxError> {
    let app = App::new();
    let library = library::open().await?;

    let blocking_together = show("Plain `fn`, blocking client, together", &library, |call| {
        app.run(blocking::together::handler, call)
    })
    .await?;
    let blocking_in_turn = show("Plain `fn`, blocking client, in turn", &library, |call| {
        app.run(blocking::in_turn::handler, call)
    })
    .await?;
    let async_together = show("`async fn`, async client, together", &library, |call| {
        app.run(asynchronous::together::handler, call)
    })
    .await?;
    let async_in_turn = show("`async fn`, async client, in turn", &library, |call| {
        app.run(asynchronous::in_turn::handler, call)
    })
    .await?;

    compare("plain `fn`", blocking_together, blocking_in_turn);
    compare("`async fn`", async_together, async_in_turn);
    Ok(())
}

/// Runs a handler, shows a line for each document, and returns how long all of it took.
async fn show<F>(
    title: &str,
    library: &Library,
    fetch: impl FnOnce(Call) -> F,
) -> Result<Duration, BoxError>
where
    F: Future<Output = Result<Vec<Document>, BoxError>>,
{
    let visit = Visit {
        library: library.address(),
        started: Instant::now(),
    };
    let documents = fetch(Call::new().with(visit)).await?;
    let took = visit.started.elapsed();

    println!("{title}");
    for document in documents {
        println!("  {document}");
    }
    let most = library.most_readers();
    println!(
        "  requests at once: {most}; all in {} ms\n",
        took.as_millis()
    );
    Ok(took)
}

fn compare(colour: &str, together: Duration, in_turn: Duration) {
    println!(
        "{colour}: {:>4} ms together, {:>4} ms in turn, {:.1} times faster",
        together.as_millis(),
        in_turn.as_millis(),
        in_turn.as_secs_f64() / together.as_secs_f64()
    );
}
