//! [`Tree`]: a graph as lines of text.

use std::any::TypeId;
use std::fmt;

use crate::meta::{Kind, LifetimeKind, Meta};
use crate::plan::{Replacement, Replacements};

/// Writes a graph as a tree. What stands in it already is not spelt out again.
pub(super) struct Tree<'a, 'b> {
    formatter: &'a mut fmt::Formatter<'b>,
    replacements: &'a Replacements,
    seen: Vec<Shown>,
    indent: String,
}

/// What a line of the tree shows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Shown {
    Function(TypeId),
    /// What stands for a dependency in several contexts.
    Replacements(TypeId),
    Value(TypeId),
}

/// How a line of the tree hangs on the one above it.
#[derive(Debug, Clone, Copy)]
struct Branch<'a> {
    /// What leads to it.
    arm: &'a str,
    /// What the lines below it start with.
    below: &'a str,
    /// What is said before its name.
    edge: &'a str,
}

impl<'a> Branch<'a> {
    const ROOT: Self = Self {
        arm: "",
        below: "",
        edge: "",
    };

    fn new(is_last: bool, edge: &'a str) -> Self {
        let (arm, below) = if is_last {
            ("└─ ", "   ")
        } else {
            ("├─ ", "│  ")
        };
        Self { arm, below, edge }
    }
}

impl<'a, 'b> Tree<'a, 'b> {
    pub(super) fn new(
        formatter: &'a mut fmt::Formatter<'b>,
        replacements: &'a Replacements,
    ) -> Self {
        Self {
            formatter,
            replacements,
            seen: Vec::new(),
            indent: String::new(),
        }
    }

    pub(super) fn root(mut self, root: &'static Meta) -> fmt::Result {
        self.function(root, Branch::ROOT)
    }

    /// What `user` gets under a name.
    fn used(
        &mut self,
        name: &'static Meta,
        user: &'static Meta,
        branch: Branch<'_>,
    ) -> fmt::Result {
        let replacements: Vec<&Replacement> = self.replacements.of(name).collect();
        let mut functions: Vec<(&'static Meta, Vec<String>)> = Vec::new();
        for replacement in replacements {
            let Some(there) = replacement.in_context() else {
                self.start(branch)?;
                write!(self.formatter, "{} (value)", name.label())?;
                self.end(Shown::Value((name.id)()))?;
                return Ok(());
            };
            let context = format!("in {}", there.context());
            match functions.iter_mut().find(|(meta, _)| is(meta, there.meta)) {
                Some((_, contexts)) => contexts.push(context),
                None => functions.push((there.meta, vec![context])),
            }
        }
        if functions.iter().any(|(meta, _)| is(meta, user)) {
            // Who replaces it gets the original.
            functions.clear();
        }
        match &functions[..] {
            [] => self.function(name, branch),
            [(function, contexts)] if contexts.len() == 1 => {
                self.start(branch)?;
                self.describe(name)?;
                write!(self.formatter, " replaced {} by ", contexts[0])?;
                self.rest(function, branch)
            }
            functions => {
                self.start(branch)?;
                self.describe(name)?;
                self.formatter.write_str(" replaced")?;
                if !self.end(Shown::Replacements((name.id)()))? {
                    return Ok(());
                }
                self.indented(branch, |tree| {
                    for (position, (function, contexts)) in functions.iter().enumerate() {
                        let edge = format!("{} by ", contexts.join(" and "));
                        let is_last = position + 1 == functions.len();
                        tree.function(function, Branch::new(is_last, &edge))?;
                    }
                    Ok(())
                })
            }
        }
    }

    /// A function, with what it needs below it.
    fn function(&mut self, meta: &'static Meta, branch: Branch<'_>) -> fmt::Result {
        self.start(branch)?;
        self.rest(meta, branch)
    }

    /// The rest of a line that shows a function, and what it needs.
    fn rest(&mut self, meta: &'static Meta, branch: Branch<'_>) -> fmt::Result {
        self.describe(meta)?;
        if !self.end(Shown::Function((meta.id)()))? {
            return Ok(());
        }
        let needed: Vec<(&str, &'static Meta)> = [
            ("requires ", meta.requires),
            ("", meta.deps),
            ("after ", meta.after),
        ]
        .into_iter()
        .flat_map(|(edge, needed)| needed.iter().map(move |needed| (edge, needed())))
        .collect();
        self.indented(branch, |tree| {
            for (position, &(edge, name)) in needed.iter().enumerate() {
                let is_last = position + 1 == needed.len();
                tree.used(name, meta, Branch::new(is_last, edge))?;
            }
            Ok(())
        })
    }

    fn start(&mut self, branch: Branch<'_>) -> fmt::Result {
        let indent = &self.indent;
        write!(self.formatter, "{indent}{}{}", branch.arm, branch.edge)
    }

    fn describe(&mut self, meta: &Meta) -> fmt::Result {
        write!(self.formatter, "{} ({}", meta.label(), meta.colour)?;
        if meta.lifetime != LifetimeKind::RequestScoped {
            write!(self.formatter, ", {}", meta.lifetime)?;
        }
        if meta.kind == Kind::Guard {
            self.formatter.write_str(", guard")?;
        }
        self.formatter.write_str(")")
    }

    /// Ends a line. Whether what it shows is to be spelt out below it.
    fn end(&mut self, shown: Shown) -> Result<bool, fmt::Error> {
        if self.seen.contains(&shown) {
            self.formatter.write_str(" …\n")?;
            return Ok(false);
        }
        self.seen.push(shown);
        self.formatter.write_str("\n")?;
        Ok(true)
    }

    fn indented(
        &mut self,
        branch: Branch<'_>,
        lines: impl FnOnce(&mut Self) -> fmt::Result,
    ) -> fmt::Result {
        let outer = self.indent.len();
        self.indent.push_str(branch.below);
        lines(self)?;
        self.indent.truncate(outer);
        Ok(())
    }
}

fn is(one: &Meta, other: &Meta) -> bool {
    (one.id)() == (other.id)()
}
