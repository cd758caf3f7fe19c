//! Blocking nodes.

use hueless::App;
use hueless_benches::shapes::{Colour, Shape, app, run};
use hueless_benches::{Competitor, Scenario};

use crate::sizes::{FORMS, named, scenario};

pub(crate) fn scenarios() -> impl Iterator<Item = Scenario> {
    FORMS.into_iter().map(|(form, name)| {
        scenario(&format!("{name}, blocking"), |size| {
            let shape = Shape::new(form, size, Colour::Blocking);
            let (app, taken) = (app(App::builder(), &shape), shape.taken());
            Competitor::new(named(size), shape.answer(), move || run(app.clone(), taken))
        })
    })
}
