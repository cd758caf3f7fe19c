//! Five ways for a request to end, and what becomes of its transaction.
//!
//! The transaction commits if the handler completed, and rolls back otherwise, before the response
//! leaves. Its connection goes back to the pool when the response has left. Nobody has to remember
//! either: not the handler, and not who adds a way to fail.
//!
//! ```text
//! cargo run --example endings
//! ```

mod asynchronous;
mod blocking;
mod diary;

use std::time::Duration;

use hueless::{App, BoxError, Call, Context, Invocation, Reply};

use self::diary::{Diary, Ending};

#[tokio::main]
async fn main() -> Result<(), BoxError> {
    // What panics on purpose says so on a line of the table.
    std::panic::set_hook(Box::new(|_| {}));
    println!("Plain `fn`");
    for ending in Ending::ALL {
        show(ending, blocking::transfer::handler).await?;
    }
    println!("\n`async fn`");
    for ending in Ending::ALL {
        show(ending, asynchronous::transfer::handler).await?;
    }
    Ok(())
}

/// Runs a handler that ends so, and prints what happened.
async fn show<H, M, R, T>(
    ending: Ending,
    handler: impl FnOnce(Invocation<H, Call, M>) -> T,
) -> Result<(), BoxError>
where
    T: Future<Output = Result<Reply<R>, <Call as Context>::Rejection>>,
{
    let app = App::new();
    let diary = Diary::default();
    let call = Call::new().with(diary.clone()).with(ending);
    let request = app.run(handler, call);
    if ending == Ending::HangUp {
        tokio::select! {
            biased;
            _ = request => {}
            () = diary.waits_in_handler() => {}
        }
        diary.let_go();
    } else {
        drop(request.await);
        diary.let_go();
    }
    // What goes on behind the response is waited for.
    app.shutdown(Duration::from_secs(10)).await?;
    println!("{:8}  {}", ending.name(), diary.text());
    Ok(())
}
