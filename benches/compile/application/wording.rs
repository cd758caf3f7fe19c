//! [`Wording`]: the text of a module, of parts that each style writes in its own way.

use super::{Function, Handler, line};

/// How one style writes the parts of a module.
#[derive(Debug)]
pub(super) struct Wording {
    pub(super) head: &'static str,
    pub(super) function: fn(Function) -> String,
    pub(super) handler: fn(Handler) -> String,
    /// What stands behind the name of a handler where it is served.
    pub(super) served: &'static str,
}

impl Wording {
    /// The module's text.
    pub(super) fn module(
        &self,
        module: usize,
        functions: impl Iterator<Item = Function>,
        handlers: impl Iterator<Item = Handler>,
    ) -> String {
        let mut text = self.head.to_owned();
        functions.for_each(|one| line(&mut text, &(self.function)(one)));
        let mut routes = String::new();
        for one in handlers {
            let (index, served) = (one.index, self.served);
            line(&mut text, &(self.handler)(one));
            routes +=
                &format!("\n        .route(\"/{module}/{index}\", get(handler_{index}{served}))");
        }
        line(
            &mut text,
            &format!("\npub fn routes() -> Router {{\n    Router::new(){routes}\n}}"),
        );
        text
    }
}
