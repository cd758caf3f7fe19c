//! `Background`: work for after the response.

mod lost;
mod order;
mod outcomes;

use hueless::Background;

use crate::heard;

/// What was said of the work that was added on a line of a file.
fn about_line(file: &str, line: u32) -> Vec<String> {
    heard::about(&format!("{file}:{line}:"))
}

/// Work that notes that it ran.
macro_rules! adds {
    ($background:expr, $log:ident, $event:literal) => {
        $background.add(|| $log.add($event))
    };
}
use adds;

/// Work that panics.
fn fail(why: &str) {
    panic!("{why}");
}

/// It belongs to no request, so nobody runs what it is given.
#[test]
fn one_that_was_made_by_hand_keeps_its_work() {
    heard::listen();
    let background = Background::new();
    assert!(background.is_empty());
    background.add(|| fail("nobody runs it"));
    background.add(async { fail("nobody runs it") });
    assert_eq!(background.clone().len(), 2);
    let line = line!() - 3;
    drop(background);
    assert_eq!(about_line(file!(), line), [""; 0]);
}
