//! [`Declaration`]: what generated code says of one node.

use std::task::Context as TaskContext;

use crate::background::Background;
use crate::block::{Room, Space};
use crate::cancellation::Cancellation;
use crate::context::{Context, Extract, ExtractLast, Reject};
use crate::depends::Provider;
use crate::function::Function;
use crate::lifetime::{Holds, Shared};
use crate::plan::builder::Builder;
use crate::plan::draft::Subject;
use crate::plan::extractor::Extractor;
use crate::plan::teardown::Teardown;
use crate::plan::{
    Code, Dependency, Inputs, NodeFuture, SharedContext, SingletonError, Solo, Sources,
};
use crate::teardown::{Ending, Ends};
use crate::value::Value;

/// How a singleton is declared in the run of its own.
pub type Own = fn(&mut Declaration<'_, Solo>);

/// One node, while its plan is built. Generated code calls these methods in the order in which the
/// function names things: `requires`, its parameters, `after`, and last how it runs.
#[derive(Debug)]
pub struct Declaration<'a, C: Context> {
    pub(super) builder: &'a mut Builder<C>,
    pub(super) subject: Subject,
}

impl<C: Context> Declaration<'_, C> {
    /// The node starts nothing before `D` has succeeded.
    pub fn requires<D: Provider + Dependency<C>>(&mut self) {
        let required = self.builder.need::<D>(&self.subject);
        self.builder.add_requirement(&self.subject, required);
    }

    /// The next parameter is the value of `D`.
    pub fn depends<D: Provider + Dependency<C>>(&mut self) {
        let input = self.builder.need::<D>(&self.subject);
        self.builder.add_input(&self.subject, input);
    }

    /// The next parameter is read from the context.
    pub fn extracts<T: Send + 'static>(&mut self, written: &'static str)
    where
        C: Extract<T>,
    {
        let extract = |context: SharedContext<C>, _| async move {
            let mut context = context.lock().await;
            <C as Extract<T>>::extract(&mut context).await
        };
        let extractor = Extractor::new(written, extract);
        self.builder.add_extractor(
            &self.subject,
            Extractor {
                can_fail: <C as Extract<T>>::CAN_FAIL,
                ..extractor
            },
        );
    }

    /// The next parameter is read from the context and may consume it.
    pub fn extracts_last<T: Send + 'static, M>(&mut self, written: &'static str)
    where
        C: ExtractLast<T, M>,
    {
        let extract = |context: SharedContext<C>, reads_left| async move {
            let mut context = context.lock().await;
            <C as ExtractLast<T, M>>::extract_last(&mut context, reads_left).await
        };
        let extractor = Extractor::new(written, extract);
        self.builder.add_extractor(
            &self.subject,
            Extractor {
                can_fail: <C as ExtractLast<T, M>>::CAN_FAIL,
                reads_body: <C as ExtractLast<T, M>>::READS_BODY,
                ..extractor
            },
        );
    }

    /// Where `D` is in the plan too, the node starts after it has ended.
    pub fn after<D: Provider>(&mut self) {
        self.builder.add_after(&self.subject, D::META);
    }

    /// The node never runs on a lane thread.
    pub fn stays_on_executor(&mut self) {
        self.builder.keep_on_executor(&self.subject);
    }

    /// A singleton of this node can fail with `E`, which all who wait for it get.
    pub fn shares_error<E: SingletonError>(&mut self)
    where
        C: Reject<E>,
    {
        self.builder.add_shared_error(&self.subject, |error| {
            error
                .downcast_ref::<E>()
                .cloned()
                .map(<C as Reject<E>>::reject)
        });
    }

    /// What is said, in a log or by [`App::start`](crate::App::start), of an error that a singleton
    /// fails with.
    pub fn describes_error<E: 'static>(&mut self, text: fn(&E) -> Option<String>) {
        self.builder.learn_error_text(text);
    }

    /// The node's value is ended by `function` before the response leaves. `reject` makes a rejection
    /// of its error, `text` says what the log says of it.
    pub fn tears_down<D, E, F, T, M>(
        &mut self,
        function: F,
        reject: fn(E) -> C::Rejection,
        text: fn(&E) -> Option<String>,
    ) where
        D: Provider<Lifetime: Shared>,
        F: Ends<D, E, T, M> + Send + Sync + 'static,
        T: Ending<E, M> + Send + 'static,
        E: 'static,
    {
        let teardown = Teardown::new::<D, E, F, T, M>(function, reject, text);
        self.builder.set_teardown(&self.subject, teardown);
    }

    /// The node's value is ended by `function` after the response.
    pub fn ends_after_response<D, E, F, T, M>(
        &mut self,
        function: F,
        text: fn(&E) -> Option<String>,
    ) where
        D: Provider<Lifetime: Shared>,
        F: Ends<D, E, T, M> + Send + Sync + 'static,
        T: Ending<E, M> + Send + 'static,
        E: 'static,
    {
        let after_response = Teardown::new::<D, E, F, T, M>(function, drop, text);
        self.builder
            .set_after_response(&self.subject, after_response);
    }

    /// The node awaits the future that `function` makes.
    pub fn runs_async<D, F, T, K>(&mut self, function: F, convert: K)
    where
        D: Provider,
        F: Fn(&mut Inputs<'_>) -> T + Send + Sync + 'static,
        T: Future + Send + 'static,
        K: Fn(T::Output) -> Result<D::Output, C::Rejection> + Copy + Send + Sync + 'static,
    {
        let finish = move |output, room, made: &mut Option<Value>| {
            *made = Some(D::Lifetime::store(convert(output)?, room));
            Ok(())
        };
        let space = NodeFuture::<C>::space::<T, _, D::Output>(&finish);
        let code = move |inputs: &mut Inputs<'_>,
                         room: Room,
                         task: &mut TaskContext<'_>,
                         made: &mut Option<Value>| {
            NodeFuture::<C>::begin(room, function(inputs), finish, task, made)
        };
        self.builder
            .set_code(&self.subject, Code::Async(Box::new(code)), space);
    }

    /// The node calls `function`, where its colour says.
    pub fn runs_plain<D, F, T, K>(&mut self, function: F, convert: K)
    where
        D: Provider,
        F: Fn(&mut Inputs<'_>) -> T + Send + Sync + 'static,
        K: Fn(T) -> Result<D::Output, C::Rejection> + Send + Sync + 'static,
    {
        let code = move |inputs: &mut Inputs<'_>, room: Room, made: &mut Option<Value>| {
            *made = Some(D::Lifetime::store(convert(function(inputs))?, room));
            Ok(())
        };
        let space = Space::of::<D::Output>();
        let needs_drop = std::mem::needs_drop::<D::Output>();
        self.builder.set_needs_drop(&self.subject, needs_drop);
        self.builder
            .set_code(&self.subject, Code::Plain(Box::new(code)), space);
    }

    /// The node awaits `function`, which cannot fail and takes its parameters from `S`.
    pub fn awaits<D, S, P, F>(&mut self, function: F)
    where
        D: Provider,
        S: Sources<P>,
        F: Function<P> + Copy + Send + Sync + 'static,
        F::Returned: Future<Output = D::Output> + Send + 'static,
    {
        self.runs_async::<D, _, _, _>(move |inputs| function.call(S::take(inputs)), Ok);
    }

    /// The node calls `function`, which cannot fail and takes its parameters from `S`, where its colour
    /// says.
    pub fn calls<D, S, P, F>(&mut self, function: F)
    where
        D: Provider,
        S: Sources<P>,
        F: Function<P, Returned = D::Output> + Copy + Send + Sync + 'static,
    {
        self.runs_plain::<D, _, _, _>(move |inputs| function.call(S::take(inputs)), Ok);
    }

    /// The node is a struct, built from its fields.
    pub fn builds<D, F>(&mut self, build: F)
    where
        D: Provider,
        F: Fn(&mut Inputs<'_>) -> D::Output + Send + Sync + 'static,
    {
        self.runs_plain::<D, _, _, _>(build, Ok);
    }

    /// The node makes the token that tells its reader to stop.
    pub(crate) fn cancels(&mut self) {
        let store = <crate::lifetime::Transient as Holds<_>>::store;
        let space = Space::of::<Cancellation>();
        self.builder
            .set_code(&self.subject, Code::Cancellation(store), space);
    }

    /// The node makes what takes work for after the response.
    pub(crate) fn takes_background_work(&mut self) {
        let store = <crate::lifetime::RequestScoped as Holds<_>>::store;
        let space = Space::of::<Background>();
        self.builder
            .set_code(&self.subject, Code::Background(store), space);
    }
}
