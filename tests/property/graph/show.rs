//! How a graph is printed.

use std::fmt;

use super::{Code, End, Ending, Graph, Limit, Node, Parameter, Role};

impl fmt::Display for Graph {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let handler = &self.handler;
        write!(formatter, "handler: {}", handler.colour)?;
        limit(formatter, handler.limit)?;
        if handler.says_result {
            formatter.write_str(", says `Result`")?;
        }
        needs(
            formatter,
            &handler.requires,
            &handler.parameters,
            &handler.after,
        )?;
        takes(formatter, handler.takes_token, handler.lends)?;
        write!(formatter, "{}", handler.code)?;
        for job in &handler.jobs {
            write!(formatter, "; later: {job}")?;
        }
        writeln!(formatter)?;
        for (number, node) in self.nodes.iter().enumerate().rev() {
            writeln!(formatter, "n{number}: {node}")?;
        }
        for (number, code) in self.readers.iter().enumerate() {
            if let Some(code) = code {
                write!(formatter, "r{number}: reads")?;
                if crate::context::can_fail(number) {
                    formatter.write_str(", can fail")?;
                }
                writeln!(formatter, "{code}")?;
            }
        }
        if let Some(reader) = self.consuming_reader() {
            writeln!(formatter, "r{reader} may consume the context")?;
        }
        for request in &self.requests {
            writeln!(formatter, "{request}")?;
        }
        if let Some(yields) = self.shut_down_early {
            writeln!(
                formatter,
                "when the last request comes the app is shut down, after {yields} yields"
            )?;
        }
        writeln!(
            formatter,
            "async nodes on the lane: {:?}",
            self.poll_on_lane
        )
    }
}

impl fmt::Display for Node {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "{}", self.slot.colour)?;
        formatter.write_str(match self.slot.role {
            Role::Shared => "",
            Role::Guard => ", guard",
            Role::Transient => ", transient",
            Role::Singleton => ", singleton",
        })?;
        if self.slot.can_fail {
            formatter.write_str(", can fail")?;
        }
        limit(formatter, self.slot.limit())?;
        if let Some(replaced) = self.replaces {
            write!(formatter, ", replaces n{replaced}")?;
        }
        if self.stays_on_executor {
            formatter.write_str(", executor")?;
        }
        needs(formatter, &self.requires, &self.parameters, &self.after)?;
        takes(formatter, self.takes_token, self.lends)?;
        write!(formatter, "{}", self.code)?;
        if let Some(teardown) = &self.teardown {
            write!(formatter, "; teardown: {teardown}")?;
        }
        if let Some(after_response) = &self.after_response {
            write!(formatter, "; after the response: {after_response}")?;
        }
        Ok(())
    }
}

impl fmt::Display for Ending {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let colour = if self.is_plain { "plain" } else { "async" };
        let more = if self.leaves { ", leaves more" } else { "" };
        write!(formatter, "{colour}{more}{}", self.code)
    }
}

impl fmt::Display for Code {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        if !self.steps.is_empty() {
            write!(formatter, "; {:?}", self.steps)?;
        }
        formatter.write_str(match self.end {
            End::Value => "",
            End::Error => "; FAILS",
            End::Panic => "; PANICS",
        })
    }
}

fn limit(formatter: &mut fmt::Formatter<'_>, limit: Limit) -> fmt::Result {
    formatter.write_str(match limit {
        Limit::None => "",
        Limit::Generous => ", time enough",
        Limit::Tight => ", hardly any time",
    })
}

fn needs(
    formatter: &mut fmt::Formatter<'_>,
    requires: &[usize],
    parameters: &[Parameter],
    after: &[usize],
) -> fmt::Result {
    let names = |nodes: &[usize]| -> String {
        let names: Vec<String> = nodes.iter().map(|node| format!("n{node}")).collect();
        names.join(", ")
    };
    if !requires.is_empty() {
        write!(formatter, "; requires {}", names(requires))?;
    }
    if !parameters.is_empty() {
        let parameters: Vec<String> = parameters
            .iter()
            .map(|parameter| match parameter {
                Parameter::Depends(node) => format!("n{node}"),
                Parameter::Reads(reader) => format!("r{reader}"),
            })
            .collect();
        write!(formatter, "; takes {}", parameters.join(", "))?;
    }
    if !after.is_empty() {
        write!(formatter, "; after {}", names(after))?;
    }
    Ok(())
}

fn takes(formatter: &mut fmt::Formatter<'_>, takes_token: bool, lends: bool) -> fmt::Result {
    if takes_token {
        formatter.write_str("; takes a `Cancellation`")?;
    }
    if lends {
        formatter.write_str("; lends what it takes")?;
    }
    Ok(())
}
