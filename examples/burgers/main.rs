//! Concurrent burgers and parallel burgers.
//!
//! The same order is served by async cashiers, by cooks who block, and by both. Then the house is
//! cleaned, which is work and not waiting. The graph has one shape throughout; the colour of its
//! functions decides where they run, and a timeline shows what overlapped.
//!
//! ```text
//! cargo run --example burgers
//! ```
//!
//! There is no framework here: a [`Call`] carries what the functions read, an [`App`] runs them. The
//! executor has one thread, so all that overlaps on it does so because it waits.

mod both;
mod cashiers;
mod cooks;
mod counter;
mod house;
mod timeline;

use std::fmt::Display;

use hueless::explain::Explanations;
use hueless::{App, BoxError, Call};

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), BoxError> {
    // Every order is written down.
    let orders = Explanations::of_every(1);
    let app = App::builder().explain(orders.clone()).build()?;
    let sequential = App::builder()
        .sequential()
        .explain(orders.clone())
        .build()?;

    show(
        &orders,
        "One after another: whoever waits, all wait",
        |call| sequential.run(cashiers::meal::handler, call),
    )
    .await?;
    show(
        &orders,
        "Async cashiers: `async fn`, one thread waits for all",
        |call| app.run(cashiers::meal::handler, call),
    )
    .await?;
    show(
        &orders,
        "Blocking cooks: plain `fn`, a thread each",
        |call| app.run(cooks::meal::handler, call),
    )
    .await?;
    show(
        &orders,
        "Both: mixed at will, and the order is taken once",
        |call| app.run(both::meal::handler, call),
    )
    .await?;
    show(
        &orders,
        "Cleaning the house: `cpu`, as many at once as there are cores",
        |call| app.run(house::clean::handler, call),
    )
    .await
}

/// Runs a handler; shows what happened when and where, and what came of it.
async fn show<R, F>(
    orders: &Explanations,
    title: &str,
    run: impl FnOnce(Call) -> F,
) -> Result<(), BoxError>
where
    R: Display,
    F: Future<Output = Result<R, BoxError>>,
{
    let outcome = run(Call::new()).await?;
    println!("{title}");
    timeline::print(&orders.wait_for_next().await);
    println!("  {outcome}\n");
    Ok(())
}
