//! [`Given`]: a value that stands for a dependency.

use std::any::Any;
use std::sync::Arc;

use crate::block::AnyKept;
use crate::unwind::Contained;
use crate::value::{Use, Value};

/// A value that stands for a dependency. Where the last handle to it is dropped, a panic of its
/// destructor goes no further.
pub(super) struct Given(Contained<Arc<dyn Any + Send + Sync>>);

impl Given {
    pub(super) fn new(value: Arc<dyn Any + Send + Sync>) -> Self {
        Self(Contained::new(value))
    }

    /// The value as a node makes it; `None` if it is gone.
    pub(super) fn share(&self) -> Option<Value> {
        let value = self.0.as_ref()?;
        Some(Value::Shared(
            AnyKept::apart(Arc::clone(value)),
            Use::default(),
        ))
    }
}

impl Clone for Given {
    fn clone(&self) -> Self {
        let value = self.0.as_ref().map(Arc::clone);
        Self(value.map_or_else(Contained::empty, Contained::new))
    }
}
