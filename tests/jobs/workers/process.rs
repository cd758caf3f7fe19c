//! [`Process`]: a process of this test binary, which runs one test that is ignored otherwise.

use std::env;
use std::process::{Child, Command, Stdio};

use rustix::process::{Pid, Signal, kill_process};

/// A process that is killed if the test ends before it.
pub(crate) struct Process(Child);

impl Process {
    /// Starts one that runs the test of that name, with these variables.
    pub(crate) fn start(test: &str, variables: &[(&str, &str)]) -> Self {
        let binary = env::current_exe().expect("a running test has a path");
        let mut command = Command::new(binary);
        command.args([test, "--exact", "--ignored", "--nocapture", "--quiet"]);
        command.envs(variables.iter().copied());
        // What it says about itself as a test is of no use; what goes wrong is said elsewhere.
        command.stdout(Stdio::null());
        Self(command.spawn().expect("the process starts"))
    }

    pub(crate) fn id(&self) -> u32 {
        self.0.id()
    }

    /// `kill -9`: nothing in it gets to do anything more.
    pub(crate) fn kill(&mut self) {
        self.0.kill().expect("the process runs");
        self.0.wait().expect("the process ends");
    }

    /// Waits until it has ended, as nobody asked it to.
    pub(crate) fn wait_for_crash(&mut self) {
        let status = self.0.wait().expect("the process ends");
        assert!(!status.success(), "{status}");
    }

    /// Asks it to stop, and waits until it has, without complaint.
    pub(crate) fn stop(&mut self) {
        let id = Pid::from_child(&self.0);
        kill_process(id, Signal::TERM).expect("the process runs");
        let status = self.0.wait().expect("the process ends");
        assert!(status.success(), "{status}");
    }
}

impl Drop for Process {
    fn drop(&mut self) {
        drop(self.0.kill());
        drop(self.0.wait());
    }
}
