use hueless::App;

struct AppState;

fn main() {
    let _ = App::builder().on::<AppState>(); //~ ERROR `AppState` is not a context
}
