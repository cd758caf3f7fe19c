//! `openapi` serves a document that says what its dependencies ask for, and does ask for it.

mod support;

use std::io::{BufRead, BufReader};
use std::process::{Child, ChildStdout, Stdio};

use serde_json::{Value, json};
use ureq::{Agent, RequestBuilder};

use self::support::example;

/// A running `openapi`, killed when dropped.
struct Server {
    process: Child,
    // It prints more after the address, and needs somebody who would read it.
    _output: BufReader<ChildStdout>,
    address: String,
    agent: Agent,
}

impl Server {
    fn start() -> Self {
        let mut process = example("openapi")
            .arg("0")
            .stdout(Stdio::piped())
            .spawn()
            .expect("openapi starts");
        let output = process.stdout.take().expect("its output is piped");
        let mut output = BufReader::new(output);
        let mut line = String::new();
        output.read_line(&mut line).expect("text");
        let address = line.trim().trim_start_matches("Listening on ").to_owned();
        let config = Agent::config_builder().http_status_as_error(false).build();
        Self {
            process,
            _output: output,
            address,
            agent: config.into(),
        }
    }

    /// The status, and the body if that is JSON.
    fn get(&self, path: &str, token: Option<&str>) -> (u16, Value) {
        let request = with_token(self.agent.get(self.url(path)), token);
        let mut answer = request.call().expect("an answer");
        let text = answer.body_mut().read_to_string().expect("text");
        let body = serde_json::from_str(&text).unwrap_or_default();
        (answer.status().as_u16(), body)
    }

    /// The status and the challenge of an attempt to add a book.
    fn add(&self, token: Option<&str>) -> (u16, Option<String>) {
        let request = with_token(self.agent.post(self.url("/api/books")), token);
        let book = json!({ "title": "Notes", "author": "Ada Lovelace" });
        let request = request.header("content-type", "application/json");
        let answer = request.send(book.to_string()).expect("an answer");
        let challenge = answer.headers().get("www-authenticate");
        let challenge = challenge.map(|challenge| challenge.to_str().expect("text").to_owned());
        (answer.status().as_u16(), challenge)
    }

    fn url(&self, path: &str) -> String {
        format!("{}{path}", self.address)
    }
}

fn with_token<B>(request: RequestBuilder<B>, token: Option<&str>) -> RequestBuilder<B> {
    match token {
        Some(token) => request.header("authorization", format!("Bearer {token}")),
        None => request,
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        // There is nothing to be done if it has ended.
        drop(self.process.kill());
        drop(self.process.wait());
    }
}

#[test]
fn the_document_says_what_dependencies_ask_for() {
    let (status, document) = Server::start().get("/openapi.json", None);
    assert_eq!(status, 200);
    assert_eq!(document["info"]["title"], "Books");
    assert_eq!(
        document["components"]["securitySchemes"],
        json!({ "token": { "type": "http", "scheme": "bearer" } })
    );
    assert_eq!(
        document["components"]["schemas"]["Book"]["required"],
        json!(["title", "author"])
    );

    let list = &document["paths"]["/api/books"]["get"];
    assert_eq!(list["summary"], "Lists books, a page at a time.");
    let parameters = list["parameters"].as_array().expect("a list");
    let parameters = parameters.iter().map(|parameter| {
        let is = |key: &str| parameter[key].clone();
        json!([is("name"), is("in"), is("required"), is("description")])
    });
    assert_eq!(
        parameters.collect::<Vec<_>>(),
        [
            json!([
                "limit",
                "query",
                false,
                "The largest number of entries to return."
            ]),
            json!(["offset", "query", false, "The number of entries to skip."])
        ]
    );

    let show = &document["paths"]["/api/books/{number}"]["get"];
    assert_eq!(show["parameters"].as_array().map(Vec::len), Some(1));
    let add = &document["paths"]["/api/books"]["post"];
    assert_eq!(add["parameters"], Value::Null);
    let (any, write) = (json!([]), json!(["write"]));
    for (operation, scopes, status) in [
        (list, &any, "200"),
        (show, &any, "404"),
        (add, &write, "201"),
    ] {
        assert_eq!(operation["security"], json!([{ "token": scopes }]));
        let responses = operation["responses"].as_object().expect("an object");
        assert!(responses.contains_key(status), "{responses:?}");
        assert_eq!(
            responses["401"]["description"],
            "The token is missing or wrong."
        );
        assert_eq!(responses.contains_key("403"), scopes == &write);
    }
    assert_eq!(
        add["responses"]["403"]["description"],
        "The token does not have the scope `write`."
    );
}

#[test]
fn the_service_does_what_the_document_says() {
    let server = Server::start();
    assert_eq!(server.get("/api/books", None).0, 401);
    assert_eq!(server.get("/api/books", Some("guessed")).0, 401);
    let ada = Some("ada-counts");
    let (status, books) = server.get("/api/books?limit=1&offset=1", ada);
    assert_eq!(status, 200);
    assert_eq!(
        books,
        json!([{ "title": "The Education of a Computer", "author": "Grace Hopper" }])
    );
    assert_eq!(server.get("/api/books/1", ada).1, books[0]);
    assert_eq!(server.get("/api/books/2", ada).0, 404);
}

#[test]
fn a_refusal_says_what_is_missing() {
    let server = Server::start();
    let refused = |status, challenge: &str| (status, Some(challenge.to_owned()));
    assert_eq!(server.add(None), refused(401, r#"Bearer realm="books""#));
    assert_eq!(
        server.add(Some("guessed")),
        refused(401, r#"Bearer realm="books", error="invalid_token""#)
    );
    assert_eq!(
        server.add(Some("grace-compiles")),
        refused(
            403,
            r#"Bearer realm="books", error="insufficient_scope", scope="write""#
        )
    );
    assert_eq!(server.add(Some("ada-counts")), (201, None));
}
