//! [`CommandLine`]: what any bench may be asked, and the [`Given`] options of each.

use std::fmt::Display;
use std::ops::RangeInclusive;
use std::path::{Path, PathBuf};
use std::str::FromStr;
use std::vec;

/// What any bench may be asked.
#[derive(Debug, Default)]
pub struct CommandLine {
    bench: bool,
    test: bool,
    json: Option<PathBuf>,
}

/// An option, and what follows it.
#[derive(Debug)]
pub struct Given<'a> {
    name: String,
    rest: &'a mut vec::IntoIter<String>,
}

impl CommandLine {
    /// Parses the arguments that follow the program's name. `own` is asked about each option that not
    /// every bench has.
    ///
    /// # Errors
    ///
    /// A message for the user, which ends with the `usage`.
    pub fn parse(
        usage: &str,
        arguments: impl IntoIterator<Item = String>,
        mut own: impl FnMut(&mut Given<'_>) -> Result<(), String>,
    ) -> Result<Self, String> {
        let mut parsed = Self::default();
        let mut rest = Vec::from_iter(arguments).into_iter();
        while let Some(name) = rest.next() {
            let rest = &mut rest;
            parsed
                .take(&mut Given { name, rest }, &mut own)
                .map_err(|wrong| format!("{wrong}\n{usage}"))?;
        }
        Ok(parsed)
    }

    fn take(
        &mut self,
        given: &mut Given<'_>,
        own: &mut impl FnMut(&mut Given<'_>) -> Result<(), String>,
    ) -> Result<(), String> {
        match given.name() {
            "--bench" => self.bench = true,
            "--test" => self.test = true,
            "--json" => self.json = Some(given.value()?.into()),
            _ => own(given)?,
        }
        Ok(())
    }

    /// Whether to measure. Cargo says `--bench` to a bench that `cargo bench` runs, and nothing to one
    /// that `cargo test --benches` runs.
    #[must_use]
    pub fn measures(&self) -> bool {
        self.bench && !self.test
    }

    /// Where the rows are to be written as well.
    #[must_use]
    pub fn json(&self) -> Option<&Path> {
        self.json.as_deref()
    }
}

impl Given<'_> {
    /// What it is called, dashes included.
    #[must_use]
    pub fn name(&self) -> &str {
        &self.name
    }

    /// What follows it.
    ///
    /// # Errors
    ///
    /// If nothing does.
    pub fn value(&mut self) -> Result<String, String> {
        let value = self.rest.next();
        value.ok_or_else(|| format!("`{}` takes a value", self.name))
    }

    /// The number that follows it.
    ///
    /// # Errors
    ///
    /// If none does that is `allowed`.
    pub fn number<T>(&mut self, allowed: RangeInclusive<T>) -> Result<T, String>
    where
        T: FromStr + PartialOrd + Display,
    {
        let number = self.value()?.parse().ok();
        number
            .filter(|number| allowed.contains(number))
            .ok_or_else(|| {
                let (least, most) = (allowed.start(), allowed.end());
                format!("`{}` takes a number from {least} to {most}", self.name)
            })
    }

    /// What to say if there is no such option.
    #[must_use]
    pub fn unknown(&self) -> String {
        format!("unknown argument `{}`", self.name)
    }
}
