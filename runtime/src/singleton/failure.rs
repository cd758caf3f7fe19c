//! [`SingletonFailure`]: why a singleton could not be made, and how that is said.

use std::any::{Any, TypeId};
use std::collections::HashMap;
use std::error::Error;
use std::fmt;
use std::sync::{Arc, Mutex, PoisonError};

use crate::failure::Failure;
use crate::unwind::contain;

/// Why a singleton could not be made; shared by all who wait for it.
#[doc(hidden)]
#[derive(Debug, Clone)]
pub enum SingletonFailure {
    /// An error that a dependency of its graph returned, and the name of its type.
    Error(Arc<dyn Any + Send + Sync>, &'static str),
    /// A failure of hueless's own.
    Failure(Failure),
}

/// Says what an error says of itself, if it is of the type it knows.
type ErrorText = Arc<dyn Fn(&(dyn Any + Send + Sync)) -> Option<String> + Send + Sync>;

/// What the errors of singletons say of themselves, by their type: where a failure is told, its type
/// is not known any more.
#[derive(Default)]
pub(crate) struct ErrorTexts(Mutex<HashMap<TypeId, ErrorText>>);

impl ErrorTexts {
    pub(crate) fn learn<E: Any>(&self, text: fn(&E) -> Option<String>) {
        let text: ErrorText = Arc::new(move |error| error.downcast_ref().and_then(text));
        self.texts(|texts| texts.insert(TypeId::of::<E>(), text));
    }

    /// What a log or a developer is told.
    pub(crate) fn describe(&self, failure: &SingletonFailure) -> String {
        match failure {
            SingletonFailure::Error(error, type_name) => {
                let text = self.texts(|texts| texts.get(&(**error).type_id()).cloned());
                text.and_then(|text| contain(|| text(&**error)).flatten())
                    .unwrap_or_else(|| format!("it returned an error of the type `{type_name}`"))
            }
            SingletonFailure::Failure(failure) => match failure.source() {
                Some(source) => format!("{failure}: {source}"),
                None => failure.to_string(),
            },
        }
    }

    fn texts<T>(&self, look: impl FnOnce(&mut HashMap<TypeId, ErrorText>) -> T) -> T {
        look(&mut self.0.lock().unwrap_or_else(PoisonError::into_inner))
    }
}

impl fmt::Debug for ErrorTexts {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.debug_struct("ErrorTexts").finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::{ErrorTexts, SingletonFailure};
    use crate::failure::Failure;

    fn error(error: impl std::any::Any + Send + Sync, type_name: &'static str) -> SingletonFailure {
        SingletonFailure::Error(Arc::new(error), type_name)
    }

    #[test]
    fn an_error_is_told_by_what_is_known_of_its_type() {
        let texts = ErrorTexts::default();
        assert_eq!(
            texts.describe(&error(3_u8, "u8")),
            "it returned an error of the type `u8`"
        );
        texts.learn::<u8>(|error| Some(format!("error {error}")));
        texts.learn::<u16>(|_| None);
        texts.learn::<u32>(|_| panic!("while it says what it is"));
        assert_eq!(texts.describe(&error(3_u8, "u8")), "error 3");
        assert_eq!(
            texts.describe(&error(3_u16, "u16")),
            "it returned an error of the type `u16`"
        );
        assert_eq!(
            texts.describe(&error(3_u32, "u32")),
            "it returned an error of the type `u32`"
        );
        let failure = SingletonFailure::Failure(Failure::panicked("pool"));
        assert_eq!(texts.describe(&failure), "`pool` panicked");
    }
}
