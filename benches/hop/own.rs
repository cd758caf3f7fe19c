//! The crate itself as a competitor.

use hueless::AppBuilder;
use hueless_benches::Competitor;
use hueless_benches::shapes::{Shape, app, run};

/// Requests to an app that serves a shape.
pub(crate) fn competitor(
    name: impl Into<String>,
    builder: AppBuilder,
    shape: &Shape,
) -> Competitor {
    let (app, taken) = (app(builder, shape), shape.taken());
    Competitor::new(name, shape.answer(), move || run(app.clone(), taken))
}
