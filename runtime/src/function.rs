//! [`Function`]: a function that takes its parameters as a tuple.
//!
//! Generated code passes a handler as it is. A closure around it would be one more body for the
//! compiler to check, in every handler there is.

/// A function that takes what it is called with as one tuple.
pub trait Function<P> {
    /// What it returns.
    type Returned;
    /// Calls it.
    fn call(self, parameters: P) -> Self::Returned;
}

/// A function of more parameters than those below, as a closure that takes a tuple.
#[derive(Debug)]
pub struct Many<F>(pub F);

impl<F, P, R> Function<P> for Many<F>
where
    F: FnOnce(P) -> R,
{
    type Returned = R;

    fn call(self, parameters: P) -> R {
        (self.0)(parameters)
    }
}

macro_rules! functions {
    ($($parameters:tt,)*) => {
        $(functions! { @of $parameters })*
    };
    (@of ($($parameter:ident)*)) => {
        impl<F, R, $($parameter),*> Function<($($parameter,)*)> for F
        where
            F: FnOnce($($parameter),*) -> R,
        {
            type Returned = R;

            #[allow(non_snake_case, reason = "a value is called as its type")]
            fn call(self, ($($parameter,)*): ($($parameter,)*)) -> R {
                self($($parameter),*)
            }
        }
    };
}

functions! {
    (),
    (A),
    (A B),
    (A B C),
    (A B C D),
    (A B C D E),
    (A B C D E G),
    (A B C D E G H),
    (A B C D E G H I),
    (A B C D E G H I J),
    (A B C D E G H I J K),
    (A B C D E G H I J K L),
    (A B C D E G H I J K L M),
}
