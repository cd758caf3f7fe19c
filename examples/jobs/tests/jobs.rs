//! `jobs`: an endpoint and workers in processes of their own, on every queue there is.

#![cfg(unix)]

#[path = "../../tests/support/mod.rs"]
mod support;

use std::env;
use std::fs;
use std::io::{BufRead, BufReader, Cursor, Write};
use std::path::PathBuf;
use std::process::{Child, Stdio};
use std::thread::sleep;
use std::time::{Duration, Instant, UNIX_EPOCH};

use image::{ImageFormat, RgbImage};
use rustix::process::{Pid, Signal, kill_process};
use ureq::Agent;

use self::support::example;

/// How long anything may take. Only a failing test waits that long.
const PATIENCE: Duration = Duration::from_secs(60);

/// A folder that is gone when the test has ended.
struct Folder(PathBuf);

impl Folder {
    fn new() -> Self {
        let now = UNIX_EPOCH.elapsed().expect("it is past 1970").as_nanos();
        let folder = env::temp_dir().join(format!("hueless-jobs-{}-{now}", std::process::id()));
        fs::create_dir(&folder).expect("a new folder");
        Self(folder)
    }

    /// A path in it.
    fn path(&self, name: &str) -> String {
        self.0.join(name).display().to_string()
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        drop(fs::remove_dir_all(&self.0));
    }
}

/// A process of `jobs`, killed when dropped.
struct Jobs(Child);

impl Jobs {
    fn start(arguments: &[&str], queue: &[&str; 2], folder: &Folder) -> Self {
        let jobs = example("jobs")
            .args(arguments)
            .args(queue)
            .args(["--pictures", &folder.path("pictures")])
            .stdout(Stdio::piped())
            .spawn();
        Self(jobs.expect("jobs starts"))
    }

    /// The address that it prints.
    fn address(&mut self) -> String {
        let output = self.0.stdout.as_mut().expect("its output is piped");
        let mut line = String::new();
        BufReader::new(output).read_line(&mut line).expect("text");
        let address = line.strip_prefix("Listening on ");
        address.expect("it says where").trim().to_owned()
    }

    /// What a service manager does, and a clean end.
    fn stop(mut self) {
        kill_process(Pid::from_child(&self.0), Signal::TERM).expect("it still runs");
        let status = self.0.wait().expect("it ends");
        assert!(status.success(), "{status}");
    }
}

impl Drop for Jobs {
    fn drop(&mut self) {
        drop(self.0.kill());
        drop(self.0.wait());
    }
}

/// Who talks to an endpoint.
struct Client {
    agent: Agent,
    address: String,
}

impl Client {
    fn new(address: String) -> Self {
        let config = Agent::config_builder()
            .http_status_as_error(false)
            .timeout_global(Some(PATIENCE))
            .build();
        Self {
            agent: config.into(),
            address,
        }
    }

    fn post(&self, path: &str, body: &[u8]) -> (u16, String) {
        let answer = self
            .agent
            .post(format!("{}{path}", self.address))
            .send(body);
        let mut answer = answer.expect("an answer");
        let text = answer.body_mut().read_to_string().expect("text");
        (answer.status().as_u16(), text.trim().to_owned())
    }

    fn get(&self, path: &str) -> (u16, Vec<u8>) {
        let answer = self.agent.get(format!("{}{path}", self.address)).call();
        let mut answer = answer.expect("an answer");
        let body = answer.body_mut().read_to_vec().expect("a body");
        (answer.status().as_u16(), body)
    }

    /// The thumbnail's answer, once it is another one than that there is none yet.
    fn thumbnail(&self, name: &str) -> (u16, Vec<u8>) {
        let begun = Instant::now();
        loop {
            let answer = self.get(&format!("/thumbnails/{name}"));
            if answer.0 != 202 {
                return answer;
            }
            assert!(begun.elapsed() < PATIENCE, "no thumbnail is made");
            sleep(Duration::from_millis(20));
        }
    }
}

fn png(width: u32, height: u32) -> Vec<u8> {
    let mut png = Vec::new();
    let written =
        RgbImage::new(width, height).write_to(&mut Cursor::new(&mut png), ImageFormat::Png);
    written.expect("memory takes it");
    png
}

/// A picture goes in and a thumbnail comes out, which another process has made.
fn makes_thumbnails(queue: &[&str; 2]) {
    let folder = Folder::new();
    let mut endpoint = Jobs::start(&["serve", "--port", "0"], queue, &folder);
    let client = Client::new(endpoint.address());
    let picture = png(400, 200);
    let (status, name) = client.post("/pictures?edge=64", &picture);
    assert_eq!((status, name.len()), (202, 16));
    let (_, broken) = client.post("/pictures", &picture[..picture.len() / 2]);
    assert_eq!(client.get(&format!("/thumbnails/{name}")).0, 202);

    let worker = Jobs::start(&["worker"], queue, &folder);
    let (status, thumbnail) = client.thumbnail(&name);
    assert_eq!(status, 200);
    let thumbnail = image::load_from_memory(&thumbnail).expect("a picture");
    assert_eq!((thumbnail.width(), thumbnail.height()), (64, 32));
    assert_eq!(client.thumbnail(&broken).0, 404);
    worker.stop();
    endpoint.stop();
    let drafts = fs::read_dir(folder.0.join("pictures/thumbnails"));
    assert_eq!(drafts.expect("a folder").count(), 1);
}

#[test]
fn with_a_queue_in_a_file() {
    let folder = Folder::new();
    makes_thumbnails(&["--sqlite", &folder.path("jobs.db")]);
}

#[test]
fn with_a_queue_in_postgresql() {
    if let Some(url) = server("HUELESS_POSTGRES") {
        makes_thumbnails(&["--postgres", &url]);
    }
}

#[test]
fn with_a_queue_in_redis() {
    if let Some(url) = server("HUELESS_REDIS") {
        makes_thumbnails(&["--redis", &url]);
    }
}

/// The address of a server that tests may use, or `None` with a word about that.
fn server(variable: &str) -> Option<String> {
    let address = env::var(variable).ok();
    if address.is_none() {
        // Not `eprintln!`, which the harness keeps to itself.
        let skipped = format!("skipped: `{variable}` names no server; `.ci/services` starts one\n");
        drop(std::io::stderr().write_all(skipped.as_bytes()));
    }
    address
}

#[test]
fn one_process_does_everything_and_says_what_it_does_not_take() {
    let folder = Folder::new();
    let database = folder.path("jobs.db");
    let mut jobs = Jobs::start(&["--port", "0"], &["--sqlite", &database], &folder);
    let client = Client::new(jobs.address());
    let picture = png(10, 10);
    let (_, name) = client.post("/pictures", &picture);
    assert_eq!(client.thumbnail(&name).0, 200);

    assert_eq!(client.post("/pictures", b"GIF89a").0, 415);
    assert_eq!(client.post("/pictures?edge=0", &picture).0, 422);
    assert_eq!(client.post("/pictures?edge=many", &picture).0, 400);
    assert_eq!(client.get("/thumbnails/0123456789abcdef").0, 404);
    assert_eq!(client.get("/thumbnails/..%2Fjobs").0, 400);
    jobs.stop();
}

#[test]
fn a_queue_that_cannot_be_reached_is_said() {
    let folder = Folder::new();
    let file = folder.path("no/such/folder/jobs.db");
    for queue in [
        ["--sqlite", &*file],
        ["--postgres", "postgres://ada:secret@127.0.0.1:1/jobs"],
        ["--redis", "redis://127.0.0.1:1"],
    ] {
        let jobs = example("jobs").arg("worker").args(queue).output();
        let jobs = jobs.expect("jobs runs");
        let complained = String::from_utf8_lossy(&jobs.stderr);
        assert_eq!(jobs.status.code(), Some(1), "{complained}");
        let said = "jobs: the queue cannot be reached: ";
        assert!(complained.contains(said), "{complained}");
        assert!(!complained.contains("secret"), "{complained}");
    }
}

#[test]
fn what_it_does_not_understand_it_says() {
    for arguments in [&["work"][..], &["--port", "many"], &["--redis"]] {
        let jobs = example("jobs").args(arguments).output();
        let jobs = jobs.expect("jobs runs");
        let complained = String::from_utf8_lossy(&jobs.stderr);
        assert!(!jobs.status.success());
        assert!(complained.starts_with("jobs: usage: jobs "), "{complained}");
    }
}
