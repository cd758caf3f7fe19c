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
mod timeline;

use std::time::Duration;

use hueless::explain::Explanations;
use hueless::{App, BoxError, Call};

use self::document::Document;
use self::library::{Library, Visit};

#[tokio::main]
async fn main() -> Result<(), BoxError> {
    // Every run is written down.
    let runs = Explanations::of_every(1);
    let app = App::builder().explain(runs.clone()).build()?;
    let library = library::open().await?;
    let desk = Desk { library, runs };

    let blocking_together = desk
        .show("Plain `fn`, blocking client, together", |call| {
            app.run(blocking::together::handler, call)
        })
        .await?;
    let blocking_in_turn = desk
        .show("Plain `fn`, blocking client, in turn", |call| {
            app.run(blocking::in_turn::handler, call)
        })
        .await?;
    let async_together = desk
        .show("`async fn`, async client, together", |call| {
            app.run(asynchronous::together::handler, call)
        })
        .await?;
    let async_in_turn = desk
        .show("`async fn`, async client, in turn", |call| {
            app.run(asynchronous::in_turn::handler, call)
        })
        .await?;

    compare("plain `fn`", blocking_together, blocking_in_turn);
    compare("`async fn`", async_together, async_in_turn);
    Ok(())
}

/// Where documents are asked for, and where it is written down how that went.
struct Desk {
    library: Library,
    runs: Explanations,
}

impl Desk {
    /// Runs a handler, shows a line for each document, and returns how long all of it took.
    async fn show<F>(
        &self,
        title: &str,
        fetch: impl FnOnce(Call) -> F,
    ) -> Result<Duration, BoxError>
    where
        F: Future<Output = Result<Vec<Document>, BoxError>>,
    {
        let visit = Visit {
            library: self.library.address(),
        };
        let documents = fetch(Call::new().with(visit)).await?;
        let run = self.runs.wait_for_next().await;
        let took = run.answered().unwrap_or_else(|| run.over());

        println!("{title}");
        timeline::print(&run, &documents);
        let most = self.library.most_readers();
        println!(
            "  requests at once: {most}; all in {} ms\n",
            took.as_millis()
        );
        Ok(took)
    }
}

fn compare(colour: &str, together: Duration, in_turn: Duration) {
    println!(
        "{colour}: {:>4} ms together, {:>4} ms in turn, {:.1} times faster",
        together.as_millis(),
        in_turn.as_millis(),
        in_turn.as_secs_f64() / together.as_secs_f64()
    );
}
