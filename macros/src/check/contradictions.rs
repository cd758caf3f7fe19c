//! Options that do not go with each other, or not with the item.

use proc_macro2::Span;
use syn::TypePath;

use crate::errors::Errors;
use crate::kind::Kind;
use crate::model::{Colour, Node, text};
use crate::parse::{Given, Options};

pub(super) fn check(node: &Node, options: &Options, errors: &mut Errors) {
    pairs(node, options, errors);
    colour(node, options, errors);
    if let (Some(after), Some(_)) = (&options.after, &options.singleton) {
        errors.at(
            after.span,
            "`after` contradicts `singleton`, as a singleton is made outside of any request's plan; \
             remove one",
        );
    }
    if let (Some(queue), false) = (&options.queue, options.names_limit) {
        errors.at(
            queue.span,
            "`queue` bounds how many wait for a slot of a `limit`; add `limit = 8`, or remove `queue`",
        );
    }
    for names in [&node.requires, &node.after] {
        repeated(names, errors);
    }
}

fn pairs(node: &Node, options: &Options, errors: &mut Errors) {
    let Options {
        guard,
        singleton,
        transient,
        inline,
        cpu,
        timeout,
        teardown,
        after_response,
        limit,
        ..
    } = options;
    // Otherwise one of the two does not go with the colour: see `colour`.
    let executor = match node.colour {
        Colour::Inline | Colour::Cpu(_) => &options.executor,
        Colour::Async | Colour::Plain | Colour::Struct => &None,
    };
    // That of a handler is for its whole run.
    let timeout = match (node.colour, node.kind) {
        (Colour::Inline, Kind::Dependency) => &timeout.as_ref().map(Given::flag),
        _ => &None,
    };
    let teardown = &teardown.as_ref().map(Given::flag);
    let after_response = &after_response.as_ref().map(Given::flag);
    let limit = &limit.as_ref().map(Given::flag);
    let pairs = [
        (
            ("inline", inline),
            ("cpu", cpu),
            "it runs in place or on the work-stealing pool",
        ),
        (
            ("singleton", singleton),
            ("transient", transient),
            "it is made once or for each use",
        ),
        (
            ("guard", guard),
            ("singleton", singleton),
            "each request has to pass a guard",
        ),
        (
            ("guard", guard),
            ("transient", transient),
            "a request passes a guard once",
        ),
        (
            ("executor", executor),
            ("inline", inline),
            "it is polled by the executor or called in place",
        ),
        (
            ("executor", executor),
            ("cpu", cpu),
            "it stays on the executor or runs on the work-stealing pool",
        ),
        (
            ("timeout", timeout),
            ("inline", inline),
            "what runs in place cannot be given up",
        ),
        (
            ("teardown", teardown),
            ("transient", transient),
            "the consumer owns the value",
        ),
        (
            ("after_response", after_response),
            ("transient", transient),
            "the consumer owns the value",
        ),
        (
            ("after_response", after_response),
            ("singleton", singleton),
            "a singleton outlives every response",
        ),
        (
            ("limit", limit),
            ("singleton", singleton),
            "there is one value of it",
        ),
    ];
    for ((first_name, first), (second_name, second), reason) in pairs {
        let (Some(first), Some(second)) = (first, second) else {
            continue;
        };
        let (name, span, other) = later((first_name, first), (second_name, second));
        errors.at(
            span,
            format!("`{name}` contradicts `{other}`, as {reason}; remove one"),
        );
    }
}

/// The name and place of the option given later, and the name of the other.
fn later<'a>(
    (first_name, first): (&'a str, &Given),
    (second_name, second): (&'a str, &Given),
) -> (&'a str, Span, &'a str) {
    if first.is_after(second) {
        (first_name, first.span, second_name)
    } else {
        (second_name, second.span, first_name)
    }
}

/// Options that only one colour has.
fn colour(node: &Node, options: &Options, errors: &mut Errors) {
    let Options {
        inline,
        cpu,
        executor,
        timeout,
        ..
    } = options;
    match node.colour {
        Colour::Async => {
            if let Some(inline) = inline {
                errors.at(
                    inline.span,
                    "`inline` is for a plain `fn`, as an `async fn` is awaited in place; remove \
                     `inline`",
                );
            }
            if let Some(cpu) = cpu {
                errors.at(
                    cpu.span,
                    "`cpu` is for a plain `fn`, as an `async fn` stays on the executor; remove \
                     `cpu` or `async`",
                );
            }
        }
        Colour::Struct => {
            let timeout = &timeout.as_ref().map(Given::flag);
            for (name, option) in [
                ("inline", inline),
                ("cpu", cpu),
                ("executor", executor),
                ("timeout", timeout),
            ] {
                if let Some(option) = option {
                    errors.at(
                        option.span,
                        format!("`{name}` is for a function, as a struct is built in place; remove `{name}`"),
                    );
                }
            }
        }
        Colour::Plain => {
            if let Some(executor) = executor {
                errors.at(
                    executor.span,
                    "`executor` is for an `async fn`, as a plain `fn` runs on the blocking lane; \
                     remove `executor`",
                );
            }
        }
        // With `executor` these contradict each other: see `pairs`.
        Colour::Inline | Colour::Cpu(_) => {}
    }
}

fn repeated(names: &[TypePath], errors: &mut Errors) {
    for (position, name) in names.iter().enumerate() {
        let name_text = text(name);
        if names[..position]
            .iter()
            .any(|earlier| text(earlier) == name_text)
        {
            errors.on(name, format!("`{name_text}` is named twice; remove one"));
        }
    }
}
