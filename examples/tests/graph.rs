//! `graph` writes every picture of `quickstart`, of each handler and of all of them.

mod printed;

use std::fs;
use std::path::PathBuf;

use expect_test::{expect, expect_file};

use self::printed::{example, printed};

#[test]
fn every_handler_has_its_pictures_and_so_has_the_service() {
    let folder = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join("graph");
    let said = printed(example("graph").arg(&folder));
    let read = |name: &str| {
        let file = folder.join(name);
        assert!(said.contains(&file.display().to_string()), "{said}");
        fs::read_to_string(file).expect("it was written")
    };
    for name in [
        "graph", "health", "list", "add", "search", "show", "remove", "check",
    ] {
        assert!(read(&format!("{name}.txt")).lines().count() > 1);
        assert!(read(&format!("{name}.dot")).starts_with("digraph {"));
        assert!(read(&format!("{name}.mmd")).starts_with("flowchart LR\n"));
        assert!(read(&format!("{name}.svg")).ends_with("</svg>\n"));
    }
    expect![[r#"
        check (plain)
        ├─ Bookmarks (struct)
        │  ├─ database (plain, singleton, teardown)
        │  ┕━ current_user (plain, guard)
        │     └─ database (plain, singleton, teardown) …
        ├─ bookmark (plain)
        │  ┕━ Bookmarks (struct) …
        └─ reachable (async)
           └─ bookmark (plain) …
    "#]]
    .assert_eq(&read("check.txt"));
    expect_file!["../../docs/quickstart.svg"].assert_eq(&read("graph.svg"));
}

#[test]
fn it_says_what_it_has_to_be_told() {
    for arguments in [&[][..], &["--help"]] {
        let output = example("graph").args(arguments).output();
        let output = output.expect("graph runs");
        assert!(!output.status.success());
        let said = String::from_utf8_lossy(&output.stderr);
        assert!(said.contains("cargo run --example graph -- "), "{said}");
    }
}
