//! `jobs`: an endpoint and workers in processes of their own, on every queue there is.

#![cfg(unix)]

#[path = "../../tests/support/mod.rs"]
mod support;

use std::env;
use std::ffi::OsStr;
use std::fs;
use std::io::{BufRead, BufReader, Cursor, Write};
use std::os::unix::ffi::OsStrExt;
use std::path::PathBuf;
use std::process::{Child, ChildStderr, Stdio};
use std::sync::atomic::{AtomicUsize, Ordering};
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
        // Clocks tick rarely enough for two tests to read the same time.
        static FOLDERS: AtomicUsize = AtomicUsize::new(0);
        let number = FOLDERS.fetch_add(1, Ordering::Relaxed);
        let now = UNIX_EPOCH.elapsed().expect("it is past 1970").as_nanos();
        let name = format!("hueless-jobs-{}-{now}-{number}", std::process::id());
        let folder = env::temp_dir().join(name);
        fs::create_dir(&folder).expect("a new folder");
        Self(folder)
    }

    fn remove(&self, name: &str) {
        fs::remove_dir_all(self.0.join(name)).expect("a folder in it");
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
struct Jobs {
    process: Child,
    log: BufReader<ChildStderr>,
}

impl Jobs {
    fn start(arguments: &[&str], queue: &[&str; 2], folder: &Folder) -> Self {
        let jobs = example("jobs")
            .args(arguments)
            .args(queue)
            .args(["--pictures", &folder.path("pictures")])
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn();
        let mut process = jobs.expect("jobs starts");
        let log = process.stderr.take().expect("its log is piped");
        let log = BufReader::new(log);
        Self { process, log }
    }

    /// Reads its log until somebody logs that.
    fn logs(&mut self, what: &str) {
        let mut line = String::new();
        while !line.contains(what) {
            line.clear();
            let read = self.log.read_line(&mut line).expect("text");
            assert!(read > 0, "it ended and never logged `{what}`");
        }
    }

    /// The address that it prints.
    fn address(&mut self) -> String {
        let output = self.process.stdout.as_mut().expect("its output is piped");
        let mut line = String::new();
        BufReader::new(output).read_line(&mut line).expect("text");
        let address = line.strip_prefix("Listening on ");
        address.expect("it says where").trim().to_owned()
    }

    /// What a service manager does, and a clean end.
    fn stop(mut self) {
        kill_process(Pid::from_child(&self.process), Signal::TERM).expect("it still runs");
        let begun = Instant::now();
        let status = loop {
            if let Some(status) = self.process.try_wait().expect("it is a child") {
                break status;
            }
            assert!(begun.elapsed() < PATIENCE, "it does not stop");
            sleep(Duration::from_millis(20));
        };
        assert!(status.success(), "{status}");
    }
}

impl Drop for Jobs {
    fn drop(&mut self) {
        drop(self.process.kill());
        drop(self.process.wait());
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
    assert_eq!(client.thumbnail(&broken).0, 410);
    worker.stop();
    endpoint.stop();
    let drafts = fs::read_dir(folder.0.join("pictures/thumbnails"));
    assert_eq!(drafts.expect("a folder").count(), 1);
}

/// An order that fails as often as it may is given up, and the endpoint says so.
fn gives_up(queue: &[&str; 2]) {
    let folder = Folder::new();
    let mut jobs = Jobs::start(&["--port", "0", "--tries", "2"], queue, &folder);
    let client = Client::new(jobs.address());
    folder.remove("pictures/thumbnails");
    let (_, name) = client.post("/pictures", &png(10, 10));
    jobs.logs("try 1 of 2 failed; the next one is in 1s");
    assert_eq!(client.get(&format!("/thumbnails/{name}")).0, 202);
    jobs.logs("a job is given up: try 2 of 2 failed");
    let (status, said) = client.thumbnail(&name);
    let said = String::from_utf8(said).expect("text");
    assert_eq!(status, 500, "{said}");
    assert!(said.contains("failed too often"), "{said}");
    assert_eq!(client.get("/thumbnails/0123456789abcdef").0, 404);
    jobs.stop();
}

#[test]
fn with_a_queue_in_a_file() {
    let folder = Folder::new();
    makes_thumbnails(&["--sqlite", &folder.path("jobs.db")]);
    gives_up(&["--sqlite", &folder.path("jobs.db")]);
}

#[test]
fn with_a_queue_in_postgresql() {
    if let Some(url) = server("HUELESS_POSTGRES") {
        makes_thumbnails(&["--postgres", &url]);
        gives_up(&["--postgres", &url]);
    }
}

#[test]
fn with_a_queue_in_redis() {
    if let Some(url) = server("HUELESS_REDIS") {
        makes_thumbnails(&["--redis", &url]);
        gives_up(&["--redis", &url]);
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
fn a_job_that_fails_is_tried_again_until_the_disk_is_back() {
    let folder = Folder::new();
    let queue = ["--sqlite", &*folder.path("jobs.db")];
    let mut jobs = Jobs::start(&["--port", "0"], &queue, &folder);
    let client = Client::new(jobs.address());
    folder.remove("pictures/thumbnails");
    let (_, name) = client.post("/pictures", &png(10, 10));
    jobs.logs(&folder.path("pictures/thumbnails"));
    jobs.logs("try 2 of 25 failed; the next one is in 2s");
    fs::create_dir(folder.path("pictures/thumbnails")).expect("a new folder");
    assert_eq!(client.thumbnail(&name).0, 200);
    jobs.stop();
}

#[test]
fn a_process_stops_while_a_job_waits_to_be_tried_again() {
    let folder = Folder::new();
    let queue = ["--sqlite", &*folder.path("jobs.db")];
    let mut jobs = Jobs::start(&["--port", "0"], &queue, &folder);
    let client = Client::new(jobs.address());
    folder.remove("pictures/thumbnails");
    client.post("/pictures", &png(10, 10));
    jobs.logs("try 3 of 25 failed; the next one is in 4s");
    jobs.stop();
}

#[test]
fn an_order_whose_picture_was_deleted_is_given_up_at_once() {
    let folder = Folder::new();
    let queue = ["--sqlite", &*folder.path("jobs.db")];
    let mut endpoint = Jobs::start(&["serve", "--port", "0"], &queue, &folder);
    let client = Client::new(endpoint.address());
    let (_, name) = client.post("/pictures", &png(10, 10));
    let picture = folder.path(&format!("pictures/{name}.png"));
    fs::remove_file(picture).expect("a picture");
    let mut worker = Jobs::start(&["worker"], &queue, &folder);
    worker.logs("a job is given up: retrying would not help");
    assert_eq!(client.thumbnail(&name).0, 410);
    worker.stop();
    endpoint.stop();
}

#[test]
fn a_folder_for_pictures_that_cannot_be_used_is_said_at_the_start() {
    let folder = Folder::new();
    fs::write(folder.path("pictures"), "a file").expect("a new file");
    let queue = ["--sqlite", &*folder.path("jobs.db")];
    let pictures = ["--pictures", &*folder.path("pictures")];
    let jobs = example("jobs").args(queue).args(pictures).output();
    let jobs = jobs.expect("jobs runs");
    let complained = String::from_utf8_lossy(&jobs.stderr);
    assert_eq!(jobs.status.code(), Some(1), "{complained}");
    let said = format!("cannot use {}/thumbnails: ", folder.path("pictures"));
    assert!(complained.contains(&said), "{complained}");
}

#[test]
fn a_queue_that_cannot_be_reached_is_said() {
    let folder = Folder::new();
    let file = folder.path("no/such/folder/jobs.db");
    let directory = folder.path("");
    for path in [&file, &directory] {
        let jobs = example("jobs").args(["worker", "--sqlite", path]).output();
        let jobs = jobs.expect("jobs runs");
        let complained = String::from_utf8_lossy(&jobs.stderr);
        let said = format!("jobs: the queue cannot be reached: {path}: ");
        assert!(complained.contains(&said), "{complained}");
    }
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
    let not_utf8 = OsStr::from_bytes(b"postgres://\xff");
    let new = OsStr::new;
    for (arguments, said) in [
        (&[new("work")][..], "unknown argument `work`"),
        (
            &[new("serve"), new("--prot"), new("1")],
            "unknown argument `--prot`",
        ),
        (
            &[new("--port"), new("99999")],
            "`--port` takes a number from 0 to 65535, not `99999`",
        ),
        (
            &[new("--tries"), new("0")],
            "`--tries` takes a number from 1 to 25, not `0`",
        ),
        (&[new("--redis")], "`--redis` needs a URL"),
        (&[new("--sqlite"), new("")], "`--sqlite` needs a file"),
        (
            &[new("--postgres"), not_utf8],
            "`--postgres` takes UTF-8 text",
        ),
        (&[not_utf8], "unknown argument `"),
    ] {
        let jobs = example("jobs").args(arguments).output();
        let jobs = jobs.expect("jobs runs");
        let complained = String::from_utf8_lossy(&jobs.stderr);
        assert_eq!(jobs.status.code(), Some(2), "{complained}");
        let first = complained.lines().next().unwrap_or_default();
        assert!(
            first.starts_with("jobs: ") && first.contains(said),
            "{complained}"
        );
        assert!(complained.contains("\nusage: jobs "), "{complained}");
    }
}

#[test]
fn help_is_printed_where_it_is_asked_for() {
    let jobs = example("jobs").args(["worker", "--help"]).output();
    let jobs = jobs.expect("jobs runs");
    let printed = String::from_utf8_lossy(&jobs.stdout);
    assert!(jobs.status.success());
    assert!(printed.starts_with("usage: jobs "), "{printed}");
}
