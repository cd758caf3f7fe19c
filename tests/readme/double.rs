use hueless::BoxError;

// README
use hueless::{App, Call, Input, handler};

#[handler]
fn double(Input(number): Input<u64>) -> u64 {
    number * 2
}
// end

#[tokio::test]
async fn is_a_job() -> Result<(), BoxError> {
    // README
    let call = Call::new().with(21_u64);
    assert_eq!(App::new().run(double::handler, call).await?, 42);
    // end
    Ok(())
}
