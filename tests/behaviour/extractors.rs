//! When extractors run, and where their failures count.

use std::sync::{Arc, Mutex, PoisonError};

use hueless::{App, Context, Depends, Extract, ExtractLast, Failure, Reject, dependency, handler};

use crate::support::{Log, on_each_runtime};

static LOG: Log = Log::new();

/// A context that logs its reads, and counts how many are under way at once.
struct Reads {
    refuses: &'static str,
    under_way: Arc<Mutex<u32>>,
}

impl Reads {
    fn new(refuses: &'static str) -> Self {
        Self {
            refuses,
            under_way: Arc::default(),
        }
    }

    async fn read(&mut self, name: &'static str) -> Result<(), String> {
        let under_way = |change: fn(&mut u32)| {
            change(
                &mut self
                    .under_way
                    .lock()
                    .unwrap_or_else(PoisonError::into_inner),
            );
        };
        under_way(|count| *count += 1);
        tokio::task::yield_now().await;
        assert_eq!(
            *self
                .under_way
                .lock()
                .unwrap_or_else(PoisonError::into_inner),
            1
        );
        LOG.add(name);
        under_way(|count| *count -= 1);
        if self.refuses == name {
            Err(format!("no {name}"))
        } else {
            Ok(())
        }
    }
}

struct Token;
struct Path;
struct Header;
struct Body;

impl Context for Reads {
    type Rejection = String;
    type State = ();

    fn fail(failure: Failure) -> String {
        failure.to_string()
    }
}

macro_rules! reads {
    ($($type:ident $name:literal)*) => { $(
        impl Extract<$type> for Reads {
            async fn extract(&mut self) -> Result<$type, String> {
                self.read($name).await.map(|()| $type)
            }
        }
    )* };
}
reads!(Token "token" Path "path" Header "header");

impl ExtractLast<Body, ()> for Reads {
    async fn extract_last(&mut self, reads_left: usize) -> Result<Body, String> {
        assert_eq!(reads_left, 1, "one dependency reads after the body");
        self.read("body").await.map(|()| Body)
    }
}

impl Reject<&'static str> for Reads {
    fn reject(error: &'static str) -> String {
        error.to_owned()
    }
}

#[dependency(guard)]
fn user(_token: Token) -> () {
    LOG.add("user");
}
#[dependency]
async fn connection() -> () {
    LOG.add("connection");
}
#[dependency]
fn tenant(_header: Header, _connection: Depends<connection>) -> Result<(), &'static str> {
    LOG.add("tenant");
    Ok(())
}
#[dependency]
fn refused(_tenant: Depends<tenant>) -> Result<(), &'static str> {
    LOG.add("refused");
    Err("refused")
}
#[handler]
async fn save(_path: Path, _tenant: Depends<tenant>, _body: Body, _user: Depends<user>) {
    LOG.add("save");
}
#[handler]
fn save_refused(_refused: Depends<refused>, _path: Path, _user: Depends<user>, _body: Body) {
    LOG.add("save_refused");
}

/// One test, as the log is shared by the functions above.
#[test]
fn the_handlers_extractors_run_after_the_guards_and_before_other_dependencies() {
    on_each_runtime(|| async {
        let app = App::new();
        let saved = app.run(save::handler, Reads::new("")).await;
        assert_eq!(saved, Ok(()));
        let log = LOG.take();
        let (first, then) = log.split_at("token user path body ".len());
        assert_eq!(first, "token user path body ");
        assert!(
            [
                "connection header tenant save",
                "header connection tenant save"
            ]
            .contains(&then),
            "{then}"
        );

        // A failure of the handler's extractor is reported after those of all dependencies.
        let refused = app.run(save_refused::handler, Reads::new("path")).await;
        assert_eq!(refused, Err("refused".to_owned()));
        assert!(!LOG.contains("body"), "what stands later does not start");
        assert!(LOG.take().ends_with("tenant refused"));

        let bad = app.run(save::handler, Reads::new("body")).await;
        assert_eq!(bad, Err("no body".to_owned()));
        assert!(
            LOG.take().ends_with("tenant"),
            "dependencies may still fail before it counts"
        );

        // A dependency's extractor counts at its parameter.
        let bad = app.run(save_refused::handler, Reads::new("header")).await;
        assert_eq!(bad, Err("no header".to_owned()));
        assert!(!LOG.take().contains("tenant"));

        // A guard's comes before everything, and the body stays unread.
        let bad = app.run(save::handler, Reads::new("token")).await;
        assert_eq!(bad, Err("no token".to_owned()));
        assert_eq!(LOG.take(), "token");
    });
}
