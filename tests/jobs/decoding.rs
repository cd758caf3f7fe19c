//! Jobs that cannot be decoded: they fail, with a word about why, and no other job does.

use apalis_core::task::builder::TaskBuilder;
use hueless::apalis::job;
use hueless::{Depends, Input, dependency, handler};
use serde::{Deserialize, Serialize};

use crate::bench::{Bench, all_ended};

#[derive(Debug, Clone, Serialize, Deserialize)]
struct Letter {
    to: String,
}

#[dependency]
async fn addressee(Input(letter): Input<Letter>) -> String {
    letter.to
}

#[handler]
fn deliver(addressee: Depends<addressee>, Input(letter): Input<Letter>) -> usize {
    assert_eq!(*addressee, letter.to);
    letter.to.len()
}

#[tokio::test]
async fn what_cannot_be_decoded_is_aborted_and_the_worker_goes_on() {
    let bench = Bench::new().await;
    let to = |name: &str| Letter {
        to: name.to_owned(),
    };
    bench.push(to("Ada")).await;
    for bytes in ["no JSON", r#"{"from":"Ada"}"#, ""] {
        let task = TaskBuilder::new(bytes.as_bytes().to_vec()).build();
        bench.push_bytes(task).await;
    }
    bench.push(to("Grace")).await;

    let worker = bench.builder::<Letter>().build(job(deliver::handler)).run();
    let told = bench.run(worker, all_ended).await;
    let statuses = told.iter().map(|told| &*told.status).collect::<Vec<_>>();
    assert_eq!(statuses, ["Done", "Killed", "Killed", "Killed", "Done"]);
    assert!(told[1..4].iter().all(|told| told.attempts == 1));
    for (told, cause) in told[1..4].iter().zip([
        "expected ident at line 1",
        "missing field `to` at line 1",
        "EOF while parsing a value",
    ]) {
        assert!(
            told.result.contains("the job does not carry a `"),
            "{told:?}"
        );
        assert!(told.result.contains(cause), "{told:?}");
    }
}
