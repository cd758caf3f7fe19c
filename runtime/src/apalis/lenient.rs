//! [`lenient`]: a queue that outlives jobs which cannot be decoded.
//!
//! apalis decodes a job before it calls its service, and ends the worker where that fails: so does
//! the next worker that takes the job. Here decoding always succeeds. The error takes the payload's
//! place and is found where the payload is read, which fails that job and no other.

use std::any::type_name;
use std::error::Error;
use std::fmt;
use std::sync::Arc;
use std::task::{Context, Poll};

use apalis_core::backend::codec::Codec;
use apalis_core::backend::{Backend, BackendConfig, WireFormatBackend};
use apalis_core::worker::context::WorkerContext;

/// Makes a queue hand over jobs that cannot be decoded as well.
///
/// Without it one such job ends the worker, and every worker that takes it after that. With it the
/// job is aborted when its handler reads [`Input`](crate::Input), with an error that says why, and
/// the worker goes on. It stays in the queue, which can resume it when there is a worker that knows
/// how to decode it.
///
/// ```
/// # use apalis_core::backend::{Backend, BackendConfig, WireFormatBackend, codec::Codec, finalize::Durable};
/// # use apalis_core::task::Task;
/// use apalis_core::worker::builder::WorkerBuilder;
/// use hueless::apalis::{job, lenient};
/// use hueless::{Input, handler};
///
/// #[handler]
/// async fn greet(Input(name): Input<String>) -> String {
///     format!("hello {name}")
/// }
///
/// # fn build<Q>(queue: Q)
/// # where
/// #     Q: Backend<Task = Task<Vec<u8>>> + BackendConfig<Args = String, Kind = Durable> + Send + Unpin,
/// #     Q: WireFormatBackend<Compact = Vec<u8>>,
/// #     Q::Codec: Codec<String, Compact = Vec<u8>, Error: std::error::Error + Send + Sync> + Clone + Unpin,
/// # {
/// // `queue` is a `SqliteStorage<String>`, say.
/// let worker = WorkerBuilder::new("greeter").backend(lenient(queue)).build(job(greet::handler));
/// # drop(worker);
/// # }
/// ```
pub fn lenient<B>(queue: B) -> Lenient<B>
where
    B: WireFormatBackend<Codec: Clone>,
{
    Lenient {
        codec: LenientCodec(queue.codec().clone()),
        queue,
    }
}

/// A queue that hands over jobs which cannot be decoded as well; made by [`lenient`].
///
/// ```
/// # use std::num::ParseIntError;
/// # use apalis_core::backend::{WireFormatBackend, codec::Codec};
/// # struct Queue;
/// # #[derive(Clone)]
/// # struct Numbers;
/// # impl Codec<u64> for Numbers {
/// #     type Error = ParseIntError;
/// #     type Compact = String;
/// #     fn encode(&self, number: &u64) -> Result<String, ParseIntError> { Ok(number.to_string()) }
/// #     fn decode(&self, text: &String) -> Result<u64, ParseIntError> { text.parse() }
/// # }
/// # impl WireFormatBackend for Queue {
/// #     type Codec = Numbers;
/// #     type Compact = String;
/// #     fn codec(&self) -> &Numbers { &Numbers }
/// # }
/// use hueless::apalis::{Decoded, Lenient, lenient};
///
/// // `Queue` is one of numbers.
/// let queue: Lenient<Queue> = lenient(Queue);
/// let job: Result<Decoded<u64>, _> = queue.codec().decode(&"no number".to_owned());
/// assert!(job.is_ok());
/// ```
#[derive(Debug, Clone)]
#[must_use = "a queue does nothing until a worker takes jobs from it"]
pub struct Lenient<B: WireFormatBackend> {
    queue: B,
    codec: LenientCodec<B::Codec>,
}

impl<B: Backend + WireFormatBackend> Backend for Lenient<B> {
    type Task = B::Task;
    type Error = B::Error;

    fn poll_ready(
        &mut self,
        context: &mut Context<'_>,
        worker: &WorkerContext,
    ) -> Poll<Result<(), B::Error>> {
        self.queue.poll_ready(context, worker)
    }

    fn poll_next(
        &mut self,
        context: &mut Context<'_>,
        worker: &WorkerContext,
    ) -> Poll<Option<Result<B::Task, B::Error>>> {
        self.queue.poll_next(context, worker)
    }

    fn poll_close(
        &mut self,
        context: &mut Context<'_>,
        worker: &WorkerContext,
    ) -> Poll<Result<(), B::Error>> {
        self.queue.poll_close(context, worker)
    }
}

impl<B: BackendConfig + WireFormatBackend> BackendConfig for Lenient<B> {
    type Args = Decoded<B::Args>;
    type Id = B::Id;
    type Kind = B::Kind;
    type Config = B::Config;
    type Layer = B::Layer;

    fn config(&self) -> &B::Config {
        self.queue.config()
    }

    fn middleware(&mut self, worker: &mut WorkerContext) -> B::Layer {
        self.queue.middleware(worker)
    }
}

impl<B: WireFormatBackend> WireFormatBackend for Lenient<B> {
    type Codec = LenientCodec<B::Codec>;
    type Compact = B::Compact;

    fn codec(&self) -> &LenientCodec<B::Codec> {
        &self.codec
    }
}

/// A codec that finds an error where another one fails to decode: that of a [`Lenient`] queue.
///
/// ```
/// # use std::num::ParseIntError;
/// # use apalis_core::backend::{WireFormatBackend, codec::Codec};
/// # struct Queue;
/// # #[derive(Clone)]
/// # struct Numbers;
/// # impl Codec<u64> for Numbers {
/// #     type Error = ParseIntError;
/// #     type Compact = String;
/// #     fn encode(&self, number: &u64) -> Result<String, ParseIntError> { Ok(number.to_string()) }
/// #     fn decode(&self, text: &String) -> Result<u64, ParseIntError> { text.parse() }
/// # }
/// # impl WireFormatBackend for Queue {
/// #     type Codec = Numbers;
/// #     type Compact = String;
/// #     fn codec(&self) -> &Numbers { &Numbers }
/// # }
/// use hueless::apalis::{Decoded, LenientCodec, lenient};
///
/// fn again(codec: &LenientCodec<Numbers>, text: &str) -> Result<String, String> {
///     let job: Decoded<u64> = codec.decode(&text.to_owned()).unwrap();
///     codec.encode(&job).map_err(|error| error.to_string())
/// }
///
/// let queue = lenient(Queue);
/// assert_eq!(again(queue.codec(), "42").unwrap(), "42");
/// assert!(again(queue.codec(), "no number").is_err());
/// ```
///
/// # Errors
///
/// Decoding never fails. Encoding fails where the codec within does, and with the error that stands in
/// the place of a payload.
#[derive(Debug, Clone)]
pub struct LenientCodec<C>(C);

impl<T, C> Codec<Decoded<T>> for LenientCodec<C>
where
    C: Codec<T, Error: Error + Send + Sync + 'static>,
{
    type Error = NotDecoded;
    type Compact = C::Compact;

    fn encode(&self, payload: &Decoded<T>) -> Result<C::Compact, NotDecoded> {
        let payload = payload.0.as_ref().map_err(Clone::clone)?;
        self.0.encode(payload).map_err(NotDecoded::new::<T>)
    }

    fn decode(&self, compact: &C::Compact) -> Result<Decoded<T>, NotDecoded> {
        Ok(Decoded(
            self.0.decode(compact).map_err(NotDecoded::new::<T>),
        ))
    }
}

/// What a job of a [`lenient`] queue carries: its payload, or why that could not be decoded. Handlers
/// read it as [`Input`](crate::Input) of the payload.
///
/// ```
/// # use std::num::ParseIntError;
/// # use apalis_core::backend::{WireFormatBackend, codec::Codec};
/// # struct Queue;
/// # #[derive(Clone)]
/// # struct Numbers;
/// # impl Codec<u64> for Numbers {
/// #     type Error = ParseIntError;
/// #     type Compact = String;
/// #     fn encode(&self, number: &u64) -> Result<String, ParseIntError> { Ok(number.to_string()) }
/// #     fn decode(&self, text: &String) -> Result<u64, ParseIntError> { text.parse() }
/// # }
/// # impl WireFormatBackend for Queue {
/// #     type Codec = Numbers;
/// #     type Compact = String;
/// #     fn codec(&self) -> &Numbers { &Numbers }
/// # }
/// use apalis_core::error::AbortError;
/// use apalis_core::task::Task;
/// use hueless::apalis::{Decoded, Job, lenient};
/// use hueless::{App, Input, handler};
///
/// #[handler]
/// async fn double(Input(number): Input<u64>) -> u64 {
///     number * 2
/// }
///
/// # tokio::runtime::Builder::new_current_thread().build().unwrap().block_on(async {
/// let (app, queue) = (App::new(), lenient(Queue));
/// let job = |text: &str| {
///     let payload: Decoded<u64> = queue.codec().decode(&text.to_owned()).unwrap();
///     Job::new(Task::new(payload))
/// };
/// assert_eq!(app.run(double::handler, job("21")).await.unwrap(), 42);
/// let error = app.run(double::handler, job("no number")).await.unwrap_err();
/// assert!(error.is::<AbortError>());
/// # });
/// ```
#[derive(Debug, Clone)]
pub struct Decoded<T>(pub(super) Result<T, NotDecoded>);

/// The payload of a job cannot be decoded.
///
/// Its text names the type, and says what the codec's error says, which is its
/// [`source`](Error::source):
///
/// ```
/// # use std::num::ParseIntError;
/// # use apalis_core::backend::{WireFormatBackend, codec::Codec};
/// # struct Queue;
/// # #[derive(Clone)]
/// # struct Numbers;
/// # impl Codec<u64> for Numbers {
/// #     type Error = ParseIntError;
/// #     type Compact = String;
/// #     fn encode(&self, number: &u64) -> Result<String, ParseIntError> { Ok(number.to_string()) }
/// #     fn decode(&self, text: &String) -> Result<u64, ParseIntError> { text.parse() }
/// # }
/// # impl WireFormatBackend for Queue {
/// #     type Codec = Numbers;
/// #     type Compact = String;
/// #     fn codec(&self) -> &Numbers { &Numbers }
/// # }
/// use hueless::apalis::{Decoded, NotDecoded, lenient};
///
/// let codec = lenient(Queue).codec().clone();
/// let job: Decoded<u64> = codec.decode(&"seven".to_owned()).unwrap();
/// let error: NotDecoded = codec.encode(&job).unwrap_err();
/// let said = "the job does not carry a `u64`: invalid digit found in string";
/// assert_eq!(error.to_string(), said);
/// ```
#[derive(Debug, Clone)]
pub struct NotDecoded {
    type_name: &'static str,
    cause: Arc<dyn Error + Send + Sync>,
}

impl NotDecoded {
    fn new<T>(cause: impl Error + Send + Sync + 'static) -> Self {
        Self {
            type_name: type_name::<T>(),
            cause: Arc::new(cause),
        }
    }
}

/// With its cause, as a queue keeps the text of an error and nothing else.
impl fmt::Display for NotDecoded {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            formatter,
            "the job does not carry a `{}`: {}",
            self.type_name, self.cause
        )
    }
}

impl Error for NotDecoded {
    fn source(&self) -> Option<&(dyn Error + 'static)> {
        Some(&*self.cause)
    }
}
