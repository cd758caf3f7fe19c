//! [`Inputs`]: the values that a node takes.

use std::{slice, vec};

use crate::depends::{Depends, Provider};
use crate::lifetime::{Holds, Value};
use crate::unwind::discard;

/// The values that a node takes, in the order of its parameters.
#[derive(Debug)]
pub struct Inputs<'run> {
    from: From<'run>,
}

#[derive(Debug)]
enum From<'run> {
    /// They are with the node.
    Taken(vec::IntoIter<Value>),
    /// They are where the run keeps them: of which nodes, and by node what those have made.
    Kept(slice::Iter<'run, u32>, &'run mut [Option<Value>]),
}

/// Generated code takes exactly what it declared, in that order: both come from one parameter list.
const OUT_OF_ORDER: &str = "a node takes its inputs in the order in which it declared them";

impl<'run> Inputs<'run> {
    /// What the nodes `inputs` have made. Shared values stay for other readers, owned ones have this
    /// one only.
    pub(crate) fn of(inputs: &'run [u32], made: &'run mut [Option<Value>]) -> Self {
        Self {
            from: From::Kept(inputs.iter(), made),
        }
    }

    /// The same, taken out of what the run has made.
    pub(crate) fn take(mut self) -> Inputs<'static> {
        let mut values = Vec::with_capacity(self.left());
        while self.left() > 0 {
            values.extend(self.next());
        }
        Inputs {
            from: From::Taken(values.into_iter()),
        }
    }

    fn left(&self) -> usize {
        match &self.from {
            From::Taken(values) => values.len(),
            From::Kept(inputs, _) => inputs.len(),
        }
    }

    fn next(&mut self) -> Option<Value> {
        match &mut self.from {
            From::Taken(values) => values.next(),
            From::Kept(inputs, made) => {
                let kept = &mut made[*inputs.next()? as usize];
                kept.as_ref().and_then(Value::share).or_else(|| kept.take())
            }
        }
    }

    /// The next input, a dependency.
    #[must_use]
    pub fn depends<D: Provider>(&mut self) -> Depends<D> {
        let value = self
            .next()
            .and_then(<D::Lifetime as Holds<D::Output>>::load);
        Depends::from_cell(value.expect(OUT_OF_ORDER))
    }

    /// The next input, read from the context.
    #[must_use]
    pub fn extracted<T: 'static>(&mut self) -> T {
        self.next().and_then(Value::into_owned).expect(OUT_OF_ORDER)
    }
}

impl Drop for Inputs<'_> {
    /// What would be moved to the node and was not goes with it.
    fn drop(&mut self) {
        while self.left() > 0 {
            discard(self.next());
        }
    }
}
