//! [`Sources`]: where the parameters of a function are from.
//!
//! Generated code says of each parameter where it is from, and leaves the taking to this module: a
//! call for each parameter would be checked again in every function there is.

use crate::depends::{Depends, Provider};
use crate::plan::Inputs;

/// A source: a dependency.
#[derive(Debug)]
pub enum Resolved {}

/// A source: the context.
#[derive(Debug)]
pub enum Read {}

/// Where a parameter of the type `P` is from.
pub trait Source<P> {
    /// Takes the next input.
    fn take(inputs: &mut Inputs<'_>) -> P;
}

impl<D: Provider> Source<Depends<D>> for Resolved {
    fn take(inputs: &mut Inputs<'_>) -> Depends<D> {
        inputs.depends()
    }
}

impl<T: 'static> Source<T> for Read {
    fn take(inputs: &mut Inputs<'_>) -> T {
        inputs.extracted()
    }
}

/// Where the parameters `P`, a tuple, are from: a tuple of as many sources.
pub trait Sources<P> {
    /// Takes all inputs, in the order in which they were declared.
    fn take(inputs: &mut Inputs<'_>) -> P;
}

impl Sources<()> for () {
    fn take(_: &mut Inputs<'_>) {}
}

macro_rules! sources {
    ($(($($source:ident $parameter:ident),*))*) => {$(
        impl<$($source, $parameter),*> Sources<($($parameter,)*)> for ($($source,)*)
        where
            $($source: Source<$parameter>,)*
        {
            fn take(inputs: &mut Inputs<'_>) -> ($($parameter,)*) {
                ($($source::take(inputs),)*)
            }
        }
    )*};
}

sources! {
    (A P1)
    (A P1, B P2)
    (A P1, B P2, C P3)
    (A P1, B P2, C P3, D P4)
    (A P1, B P2, C P3, D P4, E P5)
    (A P1, B P2, C P3, D P4, E P5, F P6)
    (A P1, B P2, C P3, D P4, E P5, F P6, G P7)
    (A P1, B P2, C P3, D P4, E P5, F P6, G P7, H P8)
    (A P1, B P2, C P3, D P4, E P5, F P6, G P7, H P8, I P9)
    (A P1, B P2, C P3, D P4, E P5, F P6, G P7, H P8, I P9, J P10)
    (A P1, B P2, C P3, D P4, E P5, F P6, G P7, H P8, I P9, J P10, K P11)
    (A P1, B P2, C P3, D P4, E P5, F P6, G P7, H P8, I P9, J P10, K P11, L P12)
}
