use hueless::BoxError;

// README
use hueless::{App, Call, Failure, block_on, handler, offload};
use std::time::Duration;

#[handler]
async fn digest() -> Result<u64, Failure> {
    offload(|| (1..=1_000).sum()).await // one closure, outside of the graph
}

#[handler]
fn nested() -> Result<u64, Failure> {
    // Blocking code that awaits: what it starts runs on its own seat, on this very thread if need be.
    block_on(async { offload(|| 42).await })
}
// end

#[tokio::test(flavor = "multi_thread")]
async fn has_one_seat() -> Result<(), BoxError> {
    // README
    let app = App::builder().seats(1).blocking_limit(1).build()?;
    assert_eq!(app.run(nested::handler, Call::new()).await??, 42);
    assert_eq!(app.run(digest::handler, Call::new()).await??, 500_500);
    assert_eq!(app.stats().seats, 0);
    app.shutdown(Duration::from_secs(10)).await?;
    // end
    Ok(())
}
