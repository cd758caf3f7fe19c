//! What is known of a handler or a dependency without running it, and without a context.
//!
//! The attributes write one [`Meta`] for each function. Plans and pictures read it; proofs do not
//! (constants that refer to each other are a cycle to rustc, so those walk by calls: see `proof`).

use std::any::TypeId;
use std::fmt;
use std::panic::Location;
use std::time::Duration;

/// What the attribute saw of a handler or a dependency.
///
/// Written by `#[handler]` and `#[dependency]` alone, one for each function and for each
/// instantiation of a generic one; fields may be added in any release.
///
/// ```
/// use hueless::{Colour, Provider, dependency};
///
/// #[dependency]
/// fn answer() -> u8 {
///     42
/// }
///
/// let meta = <answer as Provider>::meta();
/// assert_eq!(meta.name, "answer");
/// assert_eq!(meta.colour, Colour::Plain);
/// ```
#[derive(Debug, Clone, Copy)]
pub struct Meta {
    /// The function's or the struct's own name, without its module.
    pub name: &'static str,
    /// The name with its modules and its generic arguments.
    pub type_name: fn() -> &'static str,
    /// What tells this instantiation from every other.
    pub id: fn() -> TypeId,
    /// Where it is written.
    pub place: Place,
    /// How it runs.
    pub colour: Colour,
    /// How long its value lives.
    pub lifetime: LifetimeKind,
    /// What it is for.
    pub kind: Kind,
    /// Whether it has type or const parameters.
    pub generic: bool,
    /// Whether its return type is written `Result`.
    pub fallible: bool,
    /// How long it may take: a dependency from when it starts to run, a handler from the first node
    /// of its request on.
    pub timeout: Option<Duration>,
    /// Whether its value has a `teardown`.
    pub teardown: bool,
    /// Whether its value has an `after_response`.
    pub after_response: bool,
    /// How many of its values may live at once in an app (`limit`, `queue`).
    pub limit: Option<Limit>,
    /// Whether a request takes a seat for it though no node blocks (`seat`).
    pub seat: bool,
    /// The dependencies whose values it takes, in the order of its parameters.
    pub deps: &'static [fn() -> &'static Self],
    /// The dependencies that have to succeed first (`requires`).
    pub requires: &'static [fn() -> &'static Self],
    /// The dependencies it starts after where both are in a plan (`after`).
    pub after: &'static [fn() -> &'static Self],
    /// The types it reads from the context, as written.
    pub reads: &'static [&'static str],
}

impl Meta {
    /// What is not said of a node, which is written where this is called.
    #[doc(hidden)]
    #[must_use]
    #[track_caller]
    pub const fn new<T: 'static>(name: &'static str, module: &'static str) -> Self {
        let place = Location::caller();
        Self {
            name,
            type_name: std::any::type_name::<T>,
            id: TypeId::of::<T>,
            place: Place {
                module,
                file: place.file(),
                line: place.line(),
                column: place.column(),
            },
            colour: Colour::Async,
            lifetime: LifetimeKind::RequestScoped,
            kind: Kind::Dependency,
            generic: false,
            fallible: false,
            timeout: None,
            teardown: false,
            after_response: false,
            limit: None,
            seat: false,
            deps: &[],
            requires: &[],
            after: &[],
            reads: &[],
        }
    }

    /// The name to show a person: the function's name with its generic arguments, without modules.
    ///
    /// ```
    /// use hueless::{Provider, dependency};
    ///
    /// #[dependency(inline)]
    /// fn page<const MAX: usize>() -> usize {
    ///     MAX
    /// }
    ///
    /// assert_eq!(<page<20> as Provider>::meta().label(), "page<20>");
    /// ```
    #[must_use]
    pub fn label(&self) -> String {
        without_modules((self.type_name)())
    }
}

/// How many values of a dependency may live at once in an [`App`](crate::App).
///
/// ```
/// use hueless::{Limit, Provider, dependency};
///
/// #[dependency(limit = 8, queue = 100)]
/// async fn connection() -> u32 {
///     7
/// }
///
/// let limit = <connection as Provider>::meta().limit;
/// assert_eq!(limit, Some(Limit { values: 8, queue: Some(100) }));
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Limit {
    /// So many live at once, from 1.
    pub values: u32,
    /// So many requests may wait for one; any number where it is `None`.
    pub queue: Option<u32>,
}

impl Limit {
    /// Whether a request may be turned away.
    pub(crate) fn can_fail(self) -> bool {
        self.queue.is_some()
    }
}

/// Drops `module::` in front of every name of a type, generic arguments included.
pub(crate) fn without_modules(type_name: &str) -> String {
    let mut label = String::with_capacity(type_name.len());
    let mut name_start = 0;
    let mut characters = type_name.chars().peekable();
    while let Some(character) = characters.next() {
        if character == ':' && characters.peek() == Some(&':') {
            characters.next();
            label.truncate(name_start);
        } else {
            label.push(character);
            // In an async function there is a module `{{closure}}`.
            if !(character.is_alphanumeric() || matches!(character, '_' | '{' | '}')) {
                name_start = label.len();
            }
        }
    }
    label
}

/// Where a handler or a dependency is written. Shown as file and line.
///
/// ```
/// use hueless::{Provider, dependency};
///
/// #[dependency]
/// fn answer() -> u8 {
///     42
/// }
///
/// let place = <answer as Provider>::meta().place;
/// assert_eq!(place.to_string(), format!("{}:{}", place.file, place.line));
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Place {
    /// The path of the module, as `module_path!` gives it.
    pub module: &'static str,
    /// The file, as `file!` gives it.
    pub file: &'static str,
    /// The line in the file, from 1.
    pub line: u32,
    /// The column in the line, from 1.
    pub column: u32,
}

impl Place {
    /// Where code calls hueless.
    pub(crate) fn of(caller: &'static Location<'static>) -> Self {
        Self {
            module: "",
            file: caller.file(),
            line: caller.line(),
            column: caller.column(),
        }
    }
}

impl fmt::Display for Place {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "{}:{}", self.file, self.line)
    }
}

/// How a handler or a dependency runs.
///
/// ```
/// assert!(hueless::Colour::Plain.is_blocking());
/// assert_eq!(hueless::Colour::Cpu.to_string(), "cpu");
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Colour {
    /// An `async fn`: awaited in place.
    Async,
    /// A plain `fn`: runs on the blocking lane.
    Plain,
    /// A plain `fn` marked `inline`: runs in place.
    Inline,
    /// A plain `fn` marked `cpu`: runs on the work-stealing pool.
    Cpu,
    /// A struct: built in place from its fields.
    Struct,
}

impl Colour {
    /// Whether it needs a thread of the lane.
    #[must_use]
    pub fn is_blocking(self) -> bool {
        matches!(self, Self::Plain)
    }

    /// What it is called, in text and in a style sheet.
    pub(crate) const fn name(self) -> &'static str {
        match self {
            Self::Async => "async",
            Self::Plain => "plain",
            Self::Inline => "inline",
            Self::Cpu => "cpu",
            Self::Struct => "struct",
        }
    }
}

impl fmt::Display for Colour {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(self.name())
    }
}

/// How long the value of a dependency lives, as a value: see [`Lifetime`](crate::Lifetime) for the types.
///
/// ```
/// use hueless::{Lifetime, LifetimeKind, Singleton};
///
/// assert_eq!(Singleton::KIND, LifetimeKind::Singleton);
/// assert_eq!(LifetimeKind::RequestScoped.to_string(), "request-scoped");
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum LifetimeKind {
    /// Made at most once for each request.
    RequestScoped,
    /// Made once for each [`App`](crate::App).
    Singleton,
    /// Made for each use.
    Transient,
}

impl fmt::Display for LifetimeKind {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(match self {
            Self::RequestScoped => "request-scoped",
            Self::Singleton => "singleton",
            Self::Transient => "transient",
        })
    }
}

/// What a function with an attribute is for.
///
/// ```
/// use hueless::{Kind, Provider, dependency};
///
/// #[dependency(guard)]
/// async fn signed_in() -> Result<(), String> {
///     Ok(())
/// }
///
/// assert_eq!(<signed_in as Provider>::meta().kind, Kind::Guard);
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Kind {
    /// `#[handler]`.
    Handler,
    /// `#[dependency]`.
    Dependency,
    /// `#[dependency(guard)]`: nothing later starts before it has passed.
    Guard,
}

#[cfg(test)]
mod tests {
    use super::without_modules;

    #[test]
    fn a_label_keeps_generic_arguments_and_drops_modules() {
        assert_eq!(without_modules("app::db::page<100>"), "page<100>");
        assert_eq!(
            without_modules("app::repo<app::Postgres, alloc::vec::Vec<u8>>"),
            "repo<Postgres, Vec<u8>>"
        );
        assert_eq!(without_modules("plain"), "plain");
        assert_eq!(
            without_modules("app::test::{{closure}}::repo<app::test::{{closure}}::Fake>"),
            "repo<Fake>"
        );
    }
}
