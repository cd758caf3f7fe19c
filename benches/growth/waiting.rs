//! Async nodes that each wait once, until another task wakes them.

use std::hint::black_box;
use std::sync::Arc;

use hueless::App;
use hueless_benches::shapes::{Bells, Colour, Form, Ringing, Shape, app, run};
use hueless_benches::{Competitor, Scenario, Target};

use crate::sizes::{FORMS, named, names, scenario};

const POLLS: &str = "polls/node";

/// A node is polled when it starts, to leave its waker, and when it is woken.
const MOST_POLLS: f64 = 3.0;

pub(crate) fn scenarios() -> impl Iterator<Item = Scenario> {
    let together = FORMS.into_iter().map(|(form, name)| {
        let name = format!("{name}, waiting");
        waiting(&name, form, Ringing::Together)
    });
    let one_by_one = waiting("fan-out, woken one by one", Form::FanOut, Ringing::OneByOne);
    together.chain([one_by_one])
}

fn waiting(name: &str, form: Form, ringing: Ringing) -> Scenario {
    let scenario = scenario(name, |size| competitor(form, size, ringing));
    names().fold(scenario, |scenario, name| {
        scenario.target(name, Target::Figure(MOST_POLLS, POLLS))
    })
}

fn competitor(form: Form, size: usize, ringing: Ringing) -> Competitor {
    let bells = Arc::new(Bells::new(size));
    let shape = Shape::new(form, size, Colour::Async).waiting(Arc::clone(&bells));
    let (app, taken) = (app(App::builder(), &shape), shape.taken());
    let polled = Arc::clone(&bells);
    let requests = move |times| {
        let (app, bells) = (app.clone(), Arc::clone(&bells));
        async move {
            let ringer = tokio::spawn(bells.ring(ringing));
            let mut last = 0;
            for _ in 0..times {
                last = black_box(run(app.clone(), taken).await);
            }
            ringer.abort();
            last
        }
    };
    Competitor::batches(named(size), shape.answer(), requests).figure(POLLS, move || polled.polls())
}
