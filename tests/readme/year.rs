use hueless::BoxError;

// README
use hueless::{App, Call, Depends, dependency, handler};

#[dependency]
fn clock() -> u64 {
    std::time::UNIX_EPOCH
        .elapsed()
        .map_or(0, |time| time.as_secs())
}

#[handler]
async fn year(clock: Depends<clock>) -> u64 {
    1970 + *clock / 31_556_952
}
// end

#[tokio::test]
async fn is_replaced() -> Result<(), BoxError> {
    // README
    let app = App::builder().replace_with::<clock>(0).build()?;
    assert_eq!(app.run(year::handler, Call::new()).await?, 1970);
    // end
    Ok(())
}
