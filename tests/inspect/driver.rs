//! A real browser, driven through chromedriver: the few commands of `WebDriver` that are needed.

use std::io::{BufRead, BufReader};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use serde_json::{Value, json};
use ureq::Agent;

/// How long anything may take. Only a failing test waits that long.
const PATIENCE: Duration = Duration::from_secs(60);

/// A browser with one window, closed when dropped.
pub(crate) struct Browser {
    driver: Child,
    agent: Agent,
    /// Where its commands go.
    session: String,
}

impl Browser {
    /// Starts the chromedriver at a path, and a browser.
    pub(crate) fn start(chromedriver: &str) -> Self {
        let mut driver = Command::new(chromedriver)
            .arg("--port=0")
            .stdout(Stdio::piped())
            .spawn()
            .unwrap_or_else(|error| panic!("{chromedriver}: {error}"));
        let output = BufReader::new(driver.stdout.take().expect("its output is piped"));
        let port = output
            .lines()
            .map(|line| line.expect("text"))
            .find_map(|line| {
                let (_, port) = line.split_once("started successfully on port ")?;
                port.trim_end_matches('.').parse::<u16>().ok()
            })
            .expect("it says its port");
        let config = Agent::config_builder()
            .http_status_as_error(false)
            .timeout_global(Some(PATIENCE));
        let mut browser = Self {
            driver,
            agent: config.build().into(),
            session: format!("http://127.0.0.1:{port}/session"),
        };
        let arguments = [
            "--headless=new",
            "--hide-scrollbars",
            "--no-sandbox",
            "--disable-gpu",
            "--disable-dev-shm-usage",
        ];
        let answer = browser.post(
            "",
            &json!({"capabilities": {"alwaysMatch": {
                "goog:chromeOptions": {"args": arguments},
                "goog:loggingPrefs": {"browser": "ALL"},
            }}}),
        );
        let session = answer["sessionId"].as_str().expect("a session");
        browser.session = format!("{}/{session}", browser.session);
        browser
    }

    pub(crate) fn go(&self, url: &str) {
        self.post("/url", &json!({"url": url}));
    }

    /// The value of an expression in the page.
    pub(crate) fn eval(&self, expression: &str) -> Value {
        let script = format!("return {expression}");
        self.post("/execute/sync", &json!({"script": script, "args": []}))
    }

    /// Waits until an expression is true.
    pub(crate) fn wait_until(&self, expression: &str) {
        let started = Instant::now();
        while self.eval(expression) != Value::Bool(true) {
            let page = || self.eval("document.body.innerText");
            assert!(
                started.elapsed() < PATIENCE,
                "never: {expression}\n{}",
                page()
            );
            std::thread::sleep(Duration::from_millis(50));
        }
    }

    /// Clicks the first element that a selector finds, as a person does: it has to be seen.
    pub(crate) fn click(&self, selector: &str) {
        let found = self.post(
            "/element",
            &json!({"using": "css selector", "value": selector}),
        );
        let element = found.as_object().and_then(|it| it.values().next());
        let element = element.and_then(Value::as_str).expect("an element");
        self.post(&format!("/element/{element}/click"), &json!({}));
    }

    /// Sets how wide the screen is, and whether it is a dark one.
    pub(crate) fn screen(&self, width: u32, scheme: &str) {
        self.devtools(
            "Emulation.setDeviceMetricsOverride",
            &json!({"width": width, "height": 900, "deviceScaleFactor": 1, "mobile": false}),
        );
        let feature = json!({"name": "prefers-color-scheme", "value": scheme});
        self.devtools(
            "Emulation.setEmulatedMedia",
            &json!({"features": [feature]}),
        );
    }

    /// All of the page as PNG.
    pub(crate) fn picture(&self) -> Vec<u8> {
        self.capture(&json!({"format": "png", "captureBeyondViewport": true}))
    }

    /// So much of the page as PNG, from its top.
    pub(crate) fn top(&self, width: u32, height: u32) -> Vec<u8> {
        let clip = json!({"x": 0, "y": 0, "width": width, "height": height, "scale": 1});
        self.capture(&json!({"format": "png", "captureBeyondViewport": true, "clip": clip}))
    }

    fn capture(&self, options: &Value) -> Vec<u8> {
        let answer = self.devtools("Page.captureScreenshot", options);
        decode(answer["data"].as_str().expect("a picture"))
    }

    /// What the page has complained of.
    pub(crate) fn complaints(&self) -> Vec<Value> {
        let log = self.post("/se/log", &json!({"type": "browser"}));
        log.as_array().expect("a list").clone()
    }

    fn devtools(&self, command: &str, parameters: &Value) -> Value {
        let command = json!({"cmd": command, "params": parameters});
        self.post("/goog/cdp/execute", &command)
    }

    fn post(&self, path: &str, body: &Value) -> Value {
        let url = format!("{}{path}", self.session);
        let request = self.agent.post(&url).content_type("application/json");
        let mut answer = request.send(body.to_string()).expect("an answer");
        let text = answer
            .body_mut()
            .with_config()
            .limit(u64::MAX)
            .read_to_string();
        let mut text: Value = serde_json::from_str(&text.expect("text")).expect("JSON");
        assert_eq!(answer.status(), 200, "{path} {body}: {text:#}");
        text["value"].take()
    }
}

impl Drop for Browser {
    fn drop(&mut self) {
        // The browser ends with its session. What is not there any more need not be ended.
        drop(self.agent.delete(&self.session).call());
        drop(self.driver.kill());
        drop(self.driver.wait());
    }
}

/// Decodes base64.
fn decode(text: &str) -> Vec<u8> {
    const LETTERS: &[u8] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let (mut bytes, mut bits, mut filled) = (Vec::new(), 0_u32, 0);
    for letter in text.bytes().take_while(|letter| *letter != b'=') {
        let value = LETTERS.iter().position(|known| *known == letter);
        bits = bits << 6 | u32::try_from(value.expect("base64")).expect("six bits");
        filled += 6;
        if filled >= 8 {
            filled -= 8;
            bytes.push((bits >> filled & 0xff) as u8);
        }
    }
    bytes
}
