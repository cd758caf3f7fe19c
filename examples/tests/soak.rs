//! `soak` for a moment: its own checks all hold.

mod support;

use self::support::example;

#[test]
fn nothing_is_lost_in_three_seconds() {
    let soak = example("soak").args(["--seconds", "3"]).output();
    let output = soak.expect("soak runs");
    let printed = String::from_utf8_lossy(&output.stdout);
    let complained = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{printed}\n{complained}");
    assert_eq!(printed.matches("\nok ").count(), 12, "{printed}");
}

#[test]
fn what_it_does_not_understand_it_says() {
    let soak = example("soak").args(["--hours", "3"]).output();
    let output = soak.expect("soak runs");
    assert!(!output.status.success());
    let complained = String::from_utf8_lossy(&output.stderr);
    assert!(complained.starts_with("soak: usage: soak "), "{complained}");
}
