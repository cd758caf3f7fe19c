//! `App::graph` shows what is replaced.

use hueless::{App, Call, Depends, Graph, dependency, handler};

use super::Web;

#[dependency(singleton)]
fn config() -> u32 {
    1
}
#[dependency]
fn db(config: Depends<config>) -> u32 {
    *config
}
#[dependency(guard)]
fn user(db: Depends<db>) -> u32 {
    *db
}
#[handler(requires(user))]
async fn read(db: Depends<db>, config: Depends<config>) -> u32 {
    *db + *config
}

#[dependency]
async fn fake_db(config: Depends<config>, counter: Depends<counter>) -> u32 {
    *config + *counter
}
#[dependency(inline)]
fn counter() -> u32 {
    1
}
#[dependency]
async fn counting_db(db: Depends<db>, counter: Depends<counter>) -> u32 {
    *db + *counter
}

#[test]
fn what_stands_for_a_dependency_stands_beside_it_with_what_it_needs_below() {
    let app = App::builder()
        .on::<Call>()
        .replace::<db, fake_db>()
        .serves(read::handler)
        .build()
        .unwrap();
    assert_eq!(
        app.graph::<read>().to_string(),
        "\
read (async)
├─ requires user (plain, guard)
│  └─ db (plain) replaced in Call by fake_db (async)
│     ├─ config (plain, singleton)
│     └─ counter (inline)
├─ db (plain) replaced in Call by fake_db (async) …
└─ config (plain, singleton) …
"
    );
    let written = Graph::of::<read>().to_string();
    assert!(!written.contains("fake_db"), "{written}");
    assert_eq!(App::new().graph::<read>().to_string(), written);
}

#[test]
fn a_value_needs_nothing() {
    let app = App::builder()
        .replace_with::<db>(1)
        .replace_with::<user>(2)
        .build()
        .unwrap();
    assert_eq!(
        app.graph::<read>().to_string(),
        "\
read (async)
├─ requires user (value)
├─ db (value)
└─ config (plain, singleton)
"
    );
}

#[test]
fn the_original_stands_below_what_adds_to_it() {
    let app = App::builder()
        .on::<Call>()
        .replace::<db, counting_db>()
        .build()
        .unwrap();
    assert_eq!(
        app.graph::<read>().to_string(),
        "\
read (async)
├─ requires user (plain, guard)
│  └─ db (plain) replaced in Call by counting_db (async)
│     ├─ db (plain)
│     │  └─ config (plain, singleton)
│     └─ counter (inline)
├─ db (plain) replaced in Call by counting_db (async) …
└─ config (plain, singleton) …
"
    );
}

#[test]
fn what_is_replaced_in_several_contexts_says_by_what_in_which() {
    let builder = App::builder().on::<Call>().replace::<db, fake_db>();
    let app = builder
        .on::<Web>()
        .replace::<db, counting_db>()
        .build()
        .unwrap();
    assert_eq!(
        app.graph::<read>().to_string(),
        "\
read (async)
├─ requires user (plain, guard)
│  └─ db (plain) replaced
│     ├─ in Call by fake_db (async)
│     │  ├─ config (plain, singleton)
│     │  └─ counter (inline)
│     └─ in Http<()> by counting_db (async)
│        ├─ db (plain)
│        │  └─ config (plain, singleton) …
│        └─ counter (inline) …
├─ db (plain) replaced …
└─ config (plain, singleton) …
"
    );
    let builder = App::builder().on::<Call>().replace::<db, fake_db>();
    let app = builder
        .on::<Web>()
        .replace::<db, fake_db>()
        .build()
        .unwrap();
    let tree = app.graph::<read>().to_string();
    let expected = "db (plain) replaced\n│     └─ in Call and in Http<()> by fake_db (async)\n";
    assert!(tree.contains(expected), "{tree}");
}
