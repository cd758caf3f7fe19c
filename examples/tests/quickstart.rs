//! `quickstart`, over a real socket: every endpoint, every refusal, clients that hang up, Ctrl-C.

#![cfg(unix)]

mod server;
mod support;

use std::io::{Read, Write};

use serde_json::{Value, json};

use self::server::{Answer, GRACE, Server};

const DRAFT: &str = r#"{"title": "Notes", "url": "http://example.org/notes"}"#;

#[test]
fn a_bookmark_is_added_found_and_removed() {
    let server = Server::start();
    let added = server.post("/bookmarks", DRAFT);
    let notes = json!({
        "id": 1, "title": "Notes", "url": "http://example.org/notes", "reachable": null
    });
    assert_eq!(added, Answer::new(201, notes.clone()));

    let more = r#"{"title": "The Manual", "url": "https://example.org/manual"}"#;
    assert_eq!(server.post("/bookmarks", more).status, 201);

    assert_eq!(server.get("/bookmarks/1"), Answer::new(200, notes.clone()));
    assert_eq!(
        server.get("/bookmarks?limit=1"),
        Answer::new(200, json!([notes]))
    );
    let second = server.get("/bookmarks?offset=1").body;
    assert_eq!(second[0]["title"], "The Manual");
    assert_eq!(server.get("/bookmarks/search?words=manual").body, second);
    assert_eq!(
        server.get("/bookmarks/search?words=novel"),
        Answer::new(200, json!([]))
    );
    assert_eq!(
        server.get("/health"),
        Answer::new(200, json!({ "bookmarks": 2 }))
    );

    assert_eq!(server.delete("/bookmarks/1"), Answer::new(204, Value::Null));
    assert_eq!(server.get("/bookmarks").body, second);
    server.stop();
}

#[test]
fn a_check_says_whether_somebody_answers_and_keeps_it() {
    let server = Server::start();
    let here = json!({ "title": "This server", "url": server.url("/health") });
    let nowhere = json!({ "title": "Nobody", "url": "http://127.0.0.1:1/" });
    server.post("/bookmarks", &here.to_string());
    server.post("/bookmarks", &nowhere.to_string());

    assert_eq!(
        server.post("/bookmarks/1/check", "").body["reachable"],
        true
    );
    assert_eq!(
        server.post("/bookmarks/2/check", "").body["reachable"],
        false
    );
    assert_eq!(server.get("/bookmarks/1").body["reachable"], true);
    assert_eq!(server.post("/bookmarks/3/check", "").status, 404);
    server.stop();
}

#[test]
fn without_a_token_that_is_the_answer_whatever_else_is_wrong() {
    let server = Server::start();
    let refused = json!({ "error": "say who you are: `authorization: Bearer <token>`" });
    let refused = Answer::new(401, refused);
    for nobody in [None, Some("somebody-else")] {
        let somebody = server.with_token(nobody);
        assert_eq!(somebody.get("/bookmarks"), refused);
        assert_eq!(somebody.get("/bookmarks?limit=many"), refused);
        assert_eq!(somebody.get("/bookmarks/search"), refused);
        assert_eq!(somebody.get("/bookmarks/1"), refused);
        assert_eq!(somebody.get("/bookmarks/first"), refused);
        assert_eq!(somebody.post("/bookmarks", DRAFT), refused);
        assert_eq!(somebody.post("/bookmarks", "{ no JSON"), refused);
        assert_eq!(somebody.post("/bookmarks", "{}"), refused);
        assert_eq!(somebody.post("/bookmarks/1/check", ""), refused);
        assert_eq!(somebody.delete("/bookmarks/1"), refused);
        assert_eq!(somebody.get("/health").status, 200);
    }
    server.stop();
}

#[test]
fn with_a_token_the_answer_says_what_is_wrong() {
    let server = Server::start();
    let is_refused = |answer: Answer, status: u16, reason: &str| {
        assert_eq!(answer.status, status, "{answer:?}");
        let error = answer.body["error"].as_str().unwrap_or_default();
        assert!(error.contains(reason), "{answer:?}");
    };
    is_refused(server.post("/bookmarks", "{ no JSON"), 400, "as JSON");
    is_refused(
        server.post("/bookmarks", "{}"),
        422,
        "missing field `title`",
    );
    let letter = r#"{"title": "Ada", "url": "mailto:ada@example.org"}"#;
    is_refused(
        server.post("/bookmarks", letter),
        422,
        "http:// or https://",
    );
    is_refused(server.get("/bookmarks?limit=101"), 422, "at most 100");
    is_refused(
        server.get("/bookmarks/search?words=a&limit=21"),
        422,
        "at most 20",
    );
    is_refused(
        server.get("/bookmarks/search"),
        400,
        "missing field `words`",
    );
    is_refused(server.get("/bookmarks/first"), 400, "`first`");
    is_refused(server.get("/bookmarks/1"), 404, "no bookmark 1");
    is_refused(server.delete("/bookmarks/1"), 404, "no bookmark 1");
    assert_eq!(server.post("/bookmarks", DRAFT).status, 201);
    is_refused(
        server.post("/bookmarks", DRAFT),
        409,
        "http://example.org/notes already",
    );
    assert_eq!(server.get("/nowhere").status, 404);
    server.stop();
}

#[test]
fn nobody_sees_the_bookmarks_of_others() {
    let server = Server::start();
    let grace = server.with_token(Some(GRACE));
    assert_eq!(server.post("/bookmarks", DRAFT).status, 201);
    assert_eq!(grace.get("/bookmarks"), Answer::new(200, json!([])));
    assert_eq!(grace.get("/bookmarks/1").status, 404);
    assert_eq!(grace.delete("/bookmarks/1").status, 404);
    assert_eq!(grace.post("/bookmarks", DRAFT).body["id"], 2);
    assert_eq!(server.get("/bookmarks/1").status, 200);
    server.stop();
}

#[test]
fn no_byte_of_a_body_is_asked_for_without_a_token() {
    let server = Server::start();
    let mut stranger = server.announce_body(None, DRAFT.len());
    let mut answer = String::new();
    stranger.read_to_string(&mut answer).expect("an answer");
    assert!(
        answer.starts_with("HTTP/1.1 401 Unauthorized\r\n"),
        "{answer}"
    );
    server.stop();
}

#[test]
fn clients_that_hang_up_in_the_middle_leave_the_server_well() {
    let server = Server::start();
    for sent in 0..DRAFT.len() {
        let mut client = server.announce_body_and_be_asked_for_it(DRAFT.len());
        client
            .write_all(&DRAFT.as_bytes()[..sent])
            .expect("the server reads");
    }
    assert_eq!(server.get("/bookmarks"), Answer::new(200, json!([])));
    assert_eq!(server.post("/bookmarks", DRAFT).status, 201);
    server.stop();
}

#[test]
fn a_request_that_has_begun_is_answered_after_ctrl_c() {
    let mut server = Server::start();
    let mut client = server.announce_body_and_be_asked_for_it(DRAFT.len());
    server.interrupt();
    server.wait_for_line("Stopping.");

    client
        .write_all(DRAFT.as_bytes())
        .expect("the server still reads");
    let mut answer = String::new();
    client.read_to_string(&mut answer).expect("an answer");
    assert!(answer.starts_with("HTTP/1.1 201 Created\r\n"), "{answer}");
    assert_eq!(server.wait().code(), Some(0));
}

#[test]
fn the_app_ends_when_the_last_request_is_answered() {
    for stop in [Server::interrupt, Server::terminate] {
        let mut server = Server::start();
        assert_eq!(server.get("/health").status, 200);
        let mut client = server.announce_body_and_be_asked_for_it(DRAFT.len());
        stop(&server);
        server.wait_for_line("Stopping.");

        client
            .write_all(DRAFT.as_bytes())
            .expect("the server still reads");
        let mut answer = String::new();
        client.read_to_string(&mut answer).expect("an answer");
        assert!(answer.starts_with("HTTP/1.1 201 Created\r\n"), "{answer}");
        server.wait_for_line("The database is closed.");
        server.wait_for_line("Stopped.");
        assert_eq!(server.wait().code(), Some(0));
    }
}

#[test]
fn a_second_ctrl_c_does_not_wait() {
    let mut server = Server::start();
    let _client = server.announce_body_and_be_asked_for_it(DRAFT.len());
    server.interrupt();
    server.wait_for_line("Stopping.");
    server.interrupt();
    assert_eq!(server.wait().code(), Some(130));
}

#[test]
fn ctrl_c_works_from_the_first_line_on() {
    for _ in 0..10 {
        Server::start().stop();
    }
}
