//! What is said through `tracing`, on whatever thread, and the span that is entered there: a
//! subscriber for a whole test binary. Tests tell what is theirs by names that no other has.

use std::cell::RefCell;
use std::fmt::{self, Write};
use std::sync::{Mutex, MutexGuard, Once, PoisonError};
use std::time::{Duration, Instant};

use tracing::field::{Field, Visit};
use tracing::{Event, Metadata, Subscriber, span};
use tracing_core::span::Current;

static SAID: Mutex<Vec<Said>> = Mutex::new(Vec::new());

thread_local! {
    static ENTERED: RefCell<Vec<u64>> = const { RefCell::new(Vec::new()) };
}

/// An event.
struct Said {
    /// The level, the message and the fields, but for those that differ from run to run.
    text: String,
    /// What it is about, if it says so.
    node: Option<String>,
    place: String,
}

/// Listens from now on.
pub(crate) fn listen() {
    static ONCE: Once = Once::new();
    ONCE.call_once(|| {
        tracing::subscriber::set_global_default(Listener::default()).expect("the only one");
    });
}

/// What was said about a node, or in a text with this word, since it was last asked.
pub(crate) fn about(word: &str) -> Vec<String> {
    let is_meant = |said: &mut Said| match &said.node {
        Some(node) => node == word,
        None => said.text.contains(word) || said.place.contains(word),
    };
    let said = said().extract_if(.., is_meant).collect::<Vec<Said>>();
    said.into_iter().map(|said| said.text).collect()
}

/// The same, as soon as anything was said.
pub(crate) fn of_late(word: &str) -> Vec<String> {
    const PATIENCE: Duration = Duration::from_secs(20);
    let begun = Instant::now();
    loop {
        let said = about(word);
        if !said.is_empty() || begun.elapsed() > PATIENCE {
            return said;
        }
        std::thread::yield_now();
    }
}

/// Where a node is written, of which something was said.
pub(crate) fn place_of(node: &str) -> Option<String> {
    let said = said();
    let of_node = said.iter().find(|said| said.node.as_deref() == Some(node));
    of_node.map(|said| said.place.clone())
}

/// The span that is entered on this thread.
pub(crate) fn span_here() -> Option<u64> {
    ENTERED.with_borrow(|entered| entered.last().copied())
}

fn said() -> MutexGuard<'static, Vec<Said>> {
    SAID.lock().unwrap_or_else(PoisonError::into_inner)
}

/// Spans by their number, counted from 1.
#[derive(Default)]
struct Listener(Mutex<Vec<&'static Metadata<'static>>>);

impl Listener {
    fn spans(&self) -> MutexGuard<'_, Vec<&'static Metadata<'static>>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Subscriber for Listener {
    /// Whatever hueless and the tests say, and nothing of others. The spans of nodes have tests of
    /// their own; here what is current in a node is the span of its request.
    fn enabled(&self, metadata: &Metadata<'_>) -> bool {
        if metadata.target() == "hueless::node" {
            return false;
        }
        let package = metadata.target().split("::").next();
        package == Some("hueless") || package == module_path!().split("::").next()
    }

    fn new_span(&self, attributes: &span::Attributes<'_>) -> span::Id {
        let mut spans = self.spans();
        spans.push(attributes.metadata());
        span::Id::from_u64(spans.len() as u64)
    }

    fn record(&self, _: &span::Id, _: &span::Record<'_>) {}

    fn record_follows_from(&self, _: &span::Id, _: &span::Id) {}

    fn event(&self, event: &Event<'_>) {
        let mut fields = Fields::default();
        event.record(&mut fields);
        let Fields {
            message,
            others,
            node,
            place,
        } = fields;
        let level = event.metadata().level();
        said().push(Said {
            text: format!("{level} {message}{others}"),
            node,
            place,
        });
    }

    fn enter(&self, id: &span::Id) {
        ENTERED.with_borrow_mut(|entered| entered.push(id.into_u64()));
    }

    fn exit(&self, _: &span::Id) {
        ENTERED.with_borrow_mut(Vec::pop);
    }

    fn current_span(&self) -> Current {
        let Some(number) = span_here() else {
            return Current::none();
        };
        let metadata = self.spans()[number as usize - 1];
        Current::new(span::Id::from_u64(number), metadata)
    }
}

#[derive(Default)]
struct Fields {
    message: String,
    others: String,
    node: Option<String>,
    place: String,
}

impl Visit for Fields {
    fn record_str(&mut self, field: &Field, value: &str) {
        self.record_debug(field, &format_args!("{value}"));
    }

    fn record_debug(&mut self, field: &Field, value: &dyn fmt::Debug) {
        match field.name() {
            "message" => self.message = format!("{value:?}"),
            "node" => self.node = Some(format!("{value:?}")),
            "place" => self.place = format!("{value:?}"),
            "took" => {}
            name => write!(self.others, " {name}={value:?}").expect("a string takes it"),
        }
    }
}
