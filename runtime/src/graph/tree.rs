//! [`Tree`]: a graph as lines of text.

use std::collections::HashSet;
use std::fmt;

use super::picture::{How, Need, Picture};
use super::stands::What;
use super::words::{details, manner};

/// Writes a graph as a tree. What stands in it already is not spelt out again.
pub(super) struct Tree<'a, 'b> {
    formatter: &'a mut fmt::Formatter<'b>,
    picture: &'a Picture,
    /// What is spelt out.
    nodes: HashSet<usize>,
    /// So are those that stand for a name in several contexts.
    replaced: HashSet<Vec<usize>>,
    indent: String,
}

/// How a line of the tree hangs on the one above it.
#[derive(Debug, Clone, Copy)]
struct Branch<'a> {
    /// What leads to it.
    arm: &'static str,
    /// What the lines below it start with.
    below: &'static str,
    /// What is said before its name.
    edge: &'a str,
}

impl<'a> Branch<'a> {
    const ROOT: Self = Self {
        arm: "",
        below: "",
        edge: "",
    };

    fn new(is_last: bool, is_heavy: bool, edge: &'a str) -> Self {
        let (arm, below) = match (is_last, is_heavy) {
            (true, false) => ("└─ ", "   "),
            (true, true) => ("┕━ ", "   "),
            (false, false) => ("├─ ", "│  "),
            (false, true) => ("┝━ ", "│  "),
        };
        Self { arm, below, edge }
    }
}

impl<'a, 'b> Tree<'a, 'b> {
    pub(super) fn new(formatter: &'a mut fmt::Formatter<'b>, picture: &'a Picture) -> Self {
        Self {
            formatter,
            picture,
            nodes: HashSet::new(),
            replaced: HashSet::new(),
            indent: String::new(),
        }
    }

    pub(super) fn write(mut self) -> fmt::Result {
        for &root in &self.picture.roots {
            self.start(Branch::ROOT)?;
            self.rest(root, Branch::ROOT)?;
        }
        Ok(())
    }

    /// What `user` gets under a name.
    fn needed(&mut self, user: usize, need: &Need, is_last: bool) -> fmt::Result {
        let is_heavy = |by| self.picture.goes_on_after.contains(&(user, by));
        let branch = Branch::new(
            is_last,
            need.by.iter().all(|&(by, _)| is_heavy(by)),
            match need.how {
                How::Requires => "requires ",
                How::Takes | How::Behind => "",
                How::After => "after ",
            },
        );
        self.start(branch)?;
        let by = match &need.by[..] {
            [(by, contexts)] if contexts.is_empty() => return self.rest(*by, branch),
            by => by,
        };
        self.describe(What::Function(need.name))?;
        if let [(by, contexts)] = by
            && let [context] = &contexts[..]
        {
            write!(self.formatter, " replaced in {context} by ")?;
            return self.rest(*by, branch);
        }
        self.formatter.write_str(" replaced")?;
        let is_new = self.replaced.insert(by.iter().map(|&(by, _)| by).collect());
        self.end(is_new)?;
        if !is_new {
            return Ok(());
        }
        self.indented(branch, |tree| {
            for (position, (by, contexts)) in by.iter().enumerate() {
                let edge = format!("in {} by ", contexts.join(" and in "));
                let is_last = position + 1 == need.by.len();
                let is_heavy = tree.picture.goes_on_after.contains(&(user, *by));
                let branch = Branch::new(is_last, is_heavy, &edge);
                tree.start(branch)?;
                tree.rest(*by, branch)?;
            }
            Ok(())
        })
    }

    /// The rest of a line that shows a node, and what it needs.
    fn rest(&mut self, shown: usize, branch: Branch<'_>) -> fmt::Result {
        let user = &self.picture.nodes[shown];
        self.describe(user.what)?;
        let is_new = self.nodes.insert(shown);
        self.end(is_new)?;
        if !is_new {
            return Ok(());
        }
        self.indented(branch, |tree| {
            for (position, need) in user.needs.iter().enumerate() {
                tree.needed(shown, need, position + 1 == user.needs.len())?;
            }
            Ok(())
        })
    }

    fn start(&mut self, branch: Branch<'_>) -> fmt::Result {
        let indent = &self.indent;
        write!(self.formatter, "{indent}{}{}", branch.arm, branch.edge)
    }

    fn describe(&mut self, what: What) -> fmt::Result {
        let label = what.meta().label();
        match what {
            What::Value(_) => write!(self.formatter, "{label} (value)"),
            What::Function(meta) => {
                write!(self.formatter, "{label} ({}", manner(meta))?;
                for detail in details(meta) {
                    write!(self.formatter, ", {detail}")?;
                }
                self.formatter.write_str(")")
            }
        }
    }

    /// Ends a line. What it shows is spelt out below it if it is new.
    fn end(&mut self, is_new: bool) -> fmt::Result {
        self.formatter.write_str(if is_new { "\n" } else { " …\n" })
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
