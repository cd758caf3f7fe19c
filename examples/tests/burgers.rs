//! `burgers` shows what overlaps: waiting always, work as far as there are cores.

mod printed;

use std::sync::LazyLock;

use self::printed::{example, printed};

/// A line of a timeline.
#[derive(Debug)]
struct Step {
    name: String,
    /// The columns of its bar.
    bar: (usize, usize),
    /// When it ran, in milliseconds.
    time: (u64, u64),
    thread: String,
}

static OUTPUT: LazyLock<String> = LazyLock::new(|| printed(&mut example("burgers")));

/// The timeline under the title that begins so.
fn timeline(title: &str) -> Vec<Step> {
    let lines = OUTPUT.lines().skip_while(|line| !line.starts_with(title));
    let steps: Vec<Step> = lines
        .skip(1)
        .take_while(|line| line.contains('█'))
        .map(step)
        .collect();
    assert!(
        !steps.is_empty(),
        "no `{title}` in the output:\n{}",
        *OUTPUT
    );
    steps
}

fn step(line: &str) -> Step {
    let bar_starts = line.chars().position(|character| character == '█');
    let bar_length = line.chars().filter(|character| *character == '█').count();
    let words: Vec<&str> = line.split_whitespace().collect();
    let [name, _bar, from, "to", to, "ms", ref thread @ ..] = words[..] else {
        panic!("`{line}` is no line of a step");
    };
    let bar_starts = bar_starts.expect("a step has a bar");
    Step {
        name: name.to_owned(),
        bar: (bar_starts, bar_starts + bar_length),
        time: (
            from.parse().expect("a number"),
            to.parse().expect("a number"),
        ),
        thread: thread.join(" "),
    }
}

fn find<'a>(steps: &'a [Step], name: &str) -> &'a Step {
    let mut found = steps.iter().filter(|step| step.name == name);
    match (found.next(), found.next()) {
        (Some(step), None) => step,
        _ => panic!("not one `{name}` in {steps:#?}"),
    }
}

/// The order comes first and the meal last; between them all dishes are begun before one is done,
/// and the picture shows it.
fn assert_dishes_overlap(steps: &[Step]) {
    let [order, meal] = ["order", "meal"].map(|name| find(steps, name));
    let dishes = ["burger", "fries", "shake"].map(|name| find(steps, name));
    for one in dishes {
        assert!(order.time.1 <= one.time.0, "{steps:#?}");
        assert!(one.time.1 <= meal.time.0, "{steps:#?}");
        for other in dishes {
            assert!(one.time.0 < other.time.1, "{steps:#?}");
            assert!(one.bar.0 < other.bar.1, "{steps:#?}");
        }
    }
}

fn thread_of<'a>(steps: &'a [Step], name: &str) -> &'a str {
    &find(steps, name).thread
}

#[test]
fn one_after_another_nothing_overlaps() {
    let steps = timeline("One after another");
    assert_eq!(steps.len(), 5);
    assert!(
        steps.is_sorted_by(|one, next| one.time.1 <= next.time.0 && one.bar.1 <= next.bar.0),
        "{steps:#?}"
    );
}

#[test]
fn async_cashiers_wait_together_on_one_thread() {
    let steps = timeline("Async cashiers");
    assert_dishes_overlap(&steps);
    assert!(steps.iter().all(|step| step.thread == "main"), "{steps:#?}");
}

#[test]
fn blocking_cooks_have_a_thread_each() {
    let steps = timeline("Blocking cooks");
    assert_dishes_overlap(&steps);
    let mut threads = ["burger", "fries", "shake"].map(|dish| thread_of(&steps, dish));
    threads.sort_unstable();
    assert_eq!(threads, ["hueless", "hueless (2)", "hueless (3)"]);
    assert!(
        thread_of(&steps, "meal").starts_with("hueless"),
        "{steps:#?}"
    );
}

#[test]
fn both_kinds_share_an_order() {
    let steps = timeline("Both");
    assert_dishes_overlap(&steps);
    assert_eq!(thread_of(&steps, "shake"), "main");
    let mut threads = ["burger", "fries"].map(|dish| thread_of(&steps, dish));
    threads.sort_unstable();
    assert_eq!(threads, ["hueless", "hueless (2)"]);
}

#[test]
fn the_house_is_cleaned_on_the_cpu_pool() {
    let steps = timeline("Cleaning the house");
    for room in ["kitchen", "bathroom", "bedroom", "hall"] {
        assert!(thread_of(&steps, room).starts_with("cpu"), "{steps:#?}");
    }
    // Who has one thread cleans one room at a time.
    for (position, one) in steps.iter().enumerate() {
        for other in &steps[position + 1..] {
            let same_thread = one.thread == other.thread;
            assert!(!same_thread || one.time.1 <= other.time.0, "{steps:#?}");
        }
    }
}
