//! What of the caller is set on every thread that works for a request: its span, and the task-locals
//! that the app was told to propagate.

use std::any::Any;
use std::fmt;
use std::sync::Arc;

use tokio::task::LocalKey;
use tracing::Span;

/// A declared task-local, whatever its type.
pub(crate) trait Propagated: Send + Sync {
    /// The value where the run started; `None` where it is not set.
    fn capture(&self) -> Option<Captured>;
    /// Runs `work` with the value set.
    fn set(&self, value: &Captured, work: &mut dyn FnMut());
}

type Captured = Arc<dyn Any + Send + Sync>;

/// A task-local of type `T`.
pub(crate) struct Local<T: 'static>(pub(crate) &'static LocalKey<T>);

impl<T: Clone + Send + Sync + 'static> Propagated for Local<T> {
    fn capture(&self) -> Option<Captured> {
        let value = self.0.try_with(T::clone).ok()?;
        Some(Arc::new(value))
    }

    fn set(&self, value: &Captured, work: &mut dyn FnMut()) {
        match value.downcast_ref::<T>() {
            Some(value) => self.0.sync_scope(value.clone(), work),
            None => work(),
        }
    }
}

/// The declared task-locals of an app.
#[derive(Clone, Default)]
pub(crate) struct Locals(pub(crate) Vec<Arc<dyn Propagated>>);

impl fmt::Debug for Locals {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter
            .debug_tuple("Locals")
            .field(&self.0.len())
            .finish()
    }
}

/// The span and the task-locals of one run.
#[derive(Clone)]
pub(crate) struct Scope {
    span: Span,
    locals: Vec<(Arc<dyn Propagated>, Captured)>,
}

impl Scope {
    /// What is set where the run starts.
    pub(crate) fn capture(locals: &Locals) -> Self {
        let captured = locals
            .0
            .iter()
            .filter_map(|local| Some((Arc::clone(local), local.capture()?)));
        Self {
            span: Span::current(),
            locals: captured.collect(),
        }
    }

    /// Of a run that never leaves the executor: there its caller's is set.
    #[inline]
    pub(crate) fn empty() -> Self {
        Self {
            span: Span::none(),
            locals: Vec::new(),
        }
    }

    /// Runs `work` on this thread as if it had been called where the run started.
    pub(crate) fn run(&self, work: impl FnOnce()) {
        let mut work = Some(work);
        let _entered = self.span.enter();
        set_all(&self.locals, &mut || {
            if let Some(work) = work.take() {
                work();
            }
        });
    }

    /// Awaits a future as if each poll of it had been made where the run started.
    pub(crate) async fn wrap<F: Future>(self, future: F) -> F::Output {
        let mut future = std::pin::pin!(future);
        std::future::poll_fn(|context| {
            let mut polled = std::task::Poll::Pending;
            self.run(|| polled = future.as_mut().poll(context));
            polled
        })
        .await
    }
}

impl fmt::Debug for Scope {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter
            .debug_struct("Scope")
            .field("span", &self.span)
            .field("locals", &self.locals.len())
            .finish()
    }
}

fn set_all(locals: &[(Arc<dyn Propagated>, Captured)], work: &mut dyn FnMut()) {
    match locals.split_first() {
        Some(((local, value), rest)) => local.set(value, &mut || set_all(rest, work)),
        None => work(),
    }
}
