//! [`Inputs`]: the values that a node takes.

use std::vec;

use crate::depends::{Depends, Provider};
use crate::lifetime::{Holds, Value};

/// The values that a node takes, in the order of its parameters.
#[derive(Debug)]
pub struct Inputs {
    values: vec::IntoIter<Value>,
}

/// Generated code takes exactly what it declared, in that order: both come from one parameter list.
const OUT_OF_ORDER: &str = "a node takes its inputs in the order in which it declared them";

impl Inputs {
    pub(crate) fn new(values: Vec<Value>) -> Self {
        Self {
            values: values.into_iter(),
        }
    }

    /// The next input, a dependency.
    #[must_use]
    pub fn depends<D: Provider>(&mut self) -> Depends<D> {
        let value = self
            .values
            .next()
            .and_then(<D::Lifetime as Holds<D::Output>>::load);
        Depends::from_cell(value.expect(OUT_OF_ORDER))
    }

    /// The next input, read from the context.
    #[must_use]
    pub fn extracted<T: 'static>(&mut self) -> T {
        self.values
            .next()
            .and_then(Value::into_owned)
            .expect(OUT_OF_ORDER)
    }
}
