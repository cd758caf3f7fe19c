//! Plans: an app is built that serves the graph.

use std::future::ready;

use hueless::App;
use hueless_benches::shapes::{Colour, Shape, build};
use hueless_benches::{Competitor, Scenario};

use crate::sizes::{FORMS, named, scenario};

pub(crate) fn scenarios() -> impl Iterator<Item = Scenario> {
    FORMS.into_iter().map(|(form, name)| {
        scenario(&format!("plan of a {name}"), |size| {
            let shape = Shape::new(form, size, Colour::Async);
            let plans = move || {
                let app = build(App::builder(), &shape);
                ready(app.stats().hops)
            };
            Competitor::new(named(size), 0, plans)
        })
    })
}
