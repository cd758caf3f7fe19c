//! [`Inputs`]: the values that a node takes.

use std::{array, slice, vec};

use crate::depends::{Depends, Provider};
use crate::lifetime::Holds;
use crate::unwind::discard;
use crate::value::Value;

/// The values that a node takes, in the order of its parameters.
#[derive(Debug)]
pub struct Inputs<'run> {
    from: From<'run>,
}

#[derive(Debug)]
enum From<'run> {
    /// They are with the node.
    Taken(Taken),
    /// They are where the run keeps them: of which nodes, and by node what those have made.
    Kept(slice::Iter<'run, u32>, &'run mut [Option<Value>]),
}

/// How many inputs most nodes have, at most.
const FEW: usize = 3;

/// Inputs that are with their node. Nothing is allocated for a few of them.
#[derive(Debug)]
struct Taken {
    few: [Option<Value>; FEW],
    more: vec::IntoIter<Value>,
    /// Of the few, the next one.
    next: usize,
    left: usize,
}

impl Taken {
    #[inline]
    fn next(&mut self) -> Option<Value> {
        self.left = self.left.saturating_sub(1);
        match self.few.get_mut(self.next) {
            Some(few) => {
                self.next += 1;
                few.take()
            }
            None => self.more.next(),
        }
    }
}

/// Generated code takes exactly what it declared, in that order: both come from one parameter list.
const OUT_OF_ORDER: &str = "a node takes its inputs in the order in which it declared them";

impl<'run> Inputs<'run> {
    /// What the nodes `inputs` have made. Shared values stay for other readers, owned ones have this
    /// one only.
    #[inline]
    pub(crate) fn of(inputs: &'run [u32], made: &'run mut [Option<Value>]) -> Self {
        Self {
            from: From::Kept(inputs.iter(), made),
        }
    }

    /// The same, taken out of what the run has made.
    pub(crate) fn take(mut self) -> Inputs<'static> {
        let left = self.left();
        let few = array::from_fn(|_| self.next());
        let mut more = Vec::with_capacity(self.left());
        while self.left() > 0 {
            more.extend(self.next());
        }
        Inputs {
            from: From::Taken(Taken {
                few,
                more: more.into_iter(),
                next: 0,
                left,
            }),
        }
    }

    #[inline]
    fn left(&self) -> usize {
        match &self.from {
            From::Taken(values) => values.left,
            From::Kept(inputs, _) => inputs.len(),
        }
    }

    #[inline]
    fn next(&mut self) -> Option<Value> {
        match &mut self.from {
            From::Taken(values) => values.next(),
            From::Kept(inputs, made) => {
                let kept = &mut made[*inputs.next()? as usize];
                kept.as_mut()
                    .and_then(Value::share_mut)
                    .or_else(|| kept.take())
            }
        }
    }

    /// Drops what is left.
    #[cold]
    fn discard(&mut self) {
        while self.left() > 0 {
            discard(self.next());
        }
    }

    /// The next input, a dependency.
    #[must_use]
    #[inline]
    pub fn depends<D: Provider>(&mut self) -> Depends<D> {
        let value = match &mut self.from {
            From::Taken(values) => values
                .next()
                .and_then(<D::Lifetime as Holds<D::Output>>::load),
            From::Kept(inputs, made) => inputs.next().and_then(|&input| {
                <D::Lifetime as Holds<D::Output>>::read(&mut made[input as usize])
            }),
        };
        Depends::from_cell(value.expect(OUT_OF_ORDER))
    }

    /// The next input, read from the context.
    #[must_use]
    #[inline]
    pub fn extracted<T: 'static>(&mut self) -> T {
        self.next().and_then(Value::into_owned).expect(OUT_OF_ORDER)
    }
}

impl Drop for Inputs<'_> {
    /// What would be moved to the node and was not goes with it.
    #[inline]
    fn drop(&mut self) {
        if self.left() > 0 {
            self.discard();
        }
    }
}
