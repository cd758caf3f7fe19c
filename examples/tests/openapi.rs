//! `openapi` serves a document that says what its dependencies ask for, and does ask for it.

mod support;

use std::io::{BufRead, BufReader};
use std::process::{Child, ChildStdout, Stdio};

use serde_json::{Value, json};
use ureq::Agent;

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
        let mut request = self.agent.get(format!("{}{path}", self.address));
        if let Some(token) = token {
            request = request.header("authorization", format!("Bearer {token}"));
        }
        let mut answer = request.call().expect("an answer");
        let text = answer.body_mut().read_to_string().expect("text");
        let body = serde_json::from_str(&text).unwrap_or_default();
        (answer.status().as_u16(), body)
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
    assert_eq!(list["summary"], "A page of them.");
    let parameters = list["parameters"].as_array().expect("a list");
    let parameters = parameters.iter().map(|parameter| {
        let is = |key: &str| parameter[key].clone();
        json!([is("name"), is("in"), is("required"), is("description")])
    });
    assert_eq!(
        parameters.collect::<Vec<_>>(),
        [
            json!(["limit", "query", false, "How many at most."]),
            json!(["offset", "query", false, "How many to leave out."])
        ]
    );

    let show = &document["paths"]["/api/books/{number}"]["get"];
    assert_eq!(show["parameters"].as_array().map(Vec::len), Some(1));
    let add = &document["paths"]["/api/books"]["post"];
    assert_eq!(add["parameters"], Value::Null);
    for (operation, status) in [(list, "200"), (show, "404"), (add, "201")] {
        assert_eq!(operation["security"], json!([{ "token": [] }]));
        let responses = operation["responses"].as_object().expect("an object");
        assert!(responses.contains_key(status), "{responses:?}");
        assert_eq!(
            responses["401"]["description"],
            "There is no token, or it belongs to nobody."
        );
    }
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
