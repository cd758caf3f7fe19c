//! The options by name: what exists, and on which attribute.

use syn::Ident;

use crate::errors::mistake_at;
use crate::kind::Kind;

/// An option of this version.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum OptionName {
    Guard,
    Singleton,
    Transient,
    Inline,
    Cpu,
    Executor,
    Sequential,
    Seat,
    Requires,
    After,
    Timeout,
    Teardown,
    AfterResponse,
    Limit,
    Queue,
    Crate,
}

/// On which attribute an option may stand: on one, or on both.
type On = Option<Kind>;

/// Messages list the options in this order.
const OPTIONS: &[(&str, OptionName, On)] = &[
    ("guard", OptionName::Guard, Some(Kind::Dependency)),
    ("singleton", OptionName::Singleton, Some(Kind::Dependency)),
    ("transient", OptionName::Transient, Some(Kind::Dependency)),
    ("inline", OptionName::Inline, None),
    ("cpu", OptionName::Cpu, None),
    ("executor", OptionName::Executor, Some(Kind::Dependency)),
    ("sequential", OptionName::Sequential, Some(Kind::Handler)),
    ("seat", OptionName::Seat, Some(Kind::Handler)),
    ("requires", OptionName::Requires, None),
    ("after", OptionName::After, None),
    ("timeout", OptionName::Timeout, None),
    ("teardown", OptionName::Teardown, Some(Kind::Dependency)),
    (
        "after_response",
        OptionName::AfterResponse,
        Some(Kind::Dependency),
    ),
    ("limit", OptionName::Limit, Some(Kind::Dependency)),
    ("queue", OptionName::Queue, Some(Kind::Dependency)),
    ("crate", OptionName::Crate, None),
];

impl OptionName {
    /// The option called `key`, if `kind`'s attribute has it.
    pub(super) fn parse(kind: Kind, key: &Ident) -> syn::Result<Self> {
        let name = key.to_string();
        let attribute = kind.attribute();
        let message = match OPTIONS.iter().find(|(option, ..)| *option == name) {
            Some((_, option, on)) => match on {
                Some(other) if *other != kind => {
                    format!("`{name}` belongs on a {other}; remove it from `{attribute}`")
                }
                _ => return Ok(*option),
            },
            None => {
                format!(
                    "unknown option `{name}`; the options of `{attribute}` are {}",
                    Self::list(kind)
                )
            }
        };
        Err(mistake_at(key.span(), message))
    }

    /// The options of `kind`'s attribute, for a message.
    pub(super) fn list(kind: Kind) -> String {
        let names: Vec<String> = OPTIONS
            .iter()
            .filter(|(.., on)| on.is_none_or(|on| on == kind))
            .map(|(name, ..)| format!("`{name}`"))
            .collect();
        names.join(", ")
    }

    /// What to do about a second one.
    pub(super) fn keep_first(self) -> &'static str {
        match self {
            Self::Guard => "keep the first `guard`",
            Self::Singleton => "keep the first `singleton`",
            Self::Transient => "keep the first `transient`",
            Self::Inline => "keep the first `inline`",
            Self::Cpu => "keep the first `cpu`",
            Self::Executor => "keep the first `executor`",
            Self::Sequential => "keep the first `sequential`",
            Self::Seat => "keep the first `seat`",
            Self::Requires => "put all names into the first `requires(…)`",
            Self::After => "put all names into the first `after(…)`",
            Self::Timeout => "keep the first `timeout = …`",
            Self::Teardown | Self::AfterResponse => "name one function that calls both",
            Self::Limit => "keep the first `limit = …`",
            Self::Queue => "keep the first `queue = …`",
            Self::Crate => "keep the first `crate = …`",
        }
    }
}
