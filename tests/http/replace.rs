//! What stands for a dependency over HTTP: with extractors and rejections of its own, for the routers
//! of one app, and for what a layer requires.

use axum::extract::{Path, State};
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse, Response};
use axum::routing::{get, post};
use axum::{Json, Router};
use hueless::axum::{Http, require};
use hueless::{App, Call, Depends, dependency, handler};

use crate::client::{Answer, ask, get as request, post as post_request, with_header};
use crate::log::{Log, log};

#[derive(Clone)]
struct AppState {
    greeting: &'static str,
}

type Web = Http<AppState>;

struct AuthError;

impl IntoResponse for AuthError {
    fn into_response(self) -> Response {
        (StatusCode::UNAUTHORIZED, "who are you?").into_response()
    }
}

#[dependency]
fn user(headers: HeaderMap) -> Result<String, AuthError> {
    let user = headers.get("x-user").ok_or(AuthError)?;
    Ok(user.to_str().unwrap_or_default().to_owned())
}

#[handler]
fn greet(user: Depends<user>, State(state): State<AppState>) -> String {
    format!("{} {}", state.greeting, *user)
}

#[handler]
fn write(user: Depends<user>, Json(lines): Json<Vec<String>>) -> String {
    format!("{} wrote {}", *user, lines.join(" "))
}

/// Reads other things, and is refused in another way.
#[dependency]
async fn path_user(
    log: Depends<log>,
    Path(path): Path<String>,
    State(state): State<AppState>,
) -> Result<String, StatusCode> {
    log.write("path-user");
    if path == "teapot" {
        return Err(StatusCode::IM_A_TEAPOT);
    }
    Ok(format!("{path} ({})", state.greeting))
}

#[dependency(guard)]
async fn nobody() -> Result<String, StatusCode> {
    Err(StatusCode::FORBIDDEN)
}

#[dependency]
fn somebody(log: Depends<log>) -> String {
    log.write("somebody");
    "somebody".to_owned()
}

#[dependency]
fn somebody_else(log: Depends<log>) -> String {
    log.write("somebody-else");
    "somebody else".to_owned()
}

fn router(app: &App) -> Router {
    Router::new()
        .route("/greet/{path}", get(greet::handler))
        .route("/write", post(write::handler))
        .with_state(AppState { greeting: "hello" })
        .layer(app.layer())
}

async fn greeted(router: &Router, path: &str) -> (u16, String) {
    let Answer { status, body, .. } = ask(router, request(&format!("/greet/{path}"))).await;
    (status, body)
}

fn ok(body: &str) -> (u16, String) {
    (200, body.to_owned())
}

#[tokio::test]
async fn its_extractors_and_its_rejections_count() {
    let app = App::builder().on::<Web>().replace::<user, path_user>();
    let app = app
        .serves(greet::handler)
        .serves(write::handler)
        .build()
        .unwrap();
    let router = router(&app);
    assert_eq!(greeted(&router, "ada").await, ok("hello ada (hello)"));
    assert_eq!(greeted(&router, "teapot").await, (418, String::new()));
}

#[tokio::test]
async fn two_apps_side_by_side_do_not_see_each_other() {
    let real = router(&App::new());
    let by_path = App::builder()
        .on::<Web>()
        .replace::<user, path_user>()
        .build()
        .unwrap();
    let by_path = router(&by_path);
    let given = App::builder()
        .replace_with::<user>("test".to_owned())
        .build()
        .unwrap();
    let given = router(&given);
    let refused = App::builder()
        .on::<Web>()
        .replace::<user, nobody>()
        .build()
        .unwrap();
    let refused = router(&refused);
    for _ in 0..3 {
        let (real, by_path, given, refused) = tokio::join!(
            greeted(&real, "x"),
            greeted(&by_path, "x"),
            greeted(&given, "x"),
            greeted(&refused, "x"),
        );
        assert_eq!(real, (401, "who are you?".to_owned()));
        assert_eq!(by_path, ok("hello x (hello)"));
        assert_eq!(given, ok("hello test"));
        assert_eq!(refused, (403, String::new()));
    }
    let asked = with_header(request("/greet/x"), "x-user", "ada");
    assert_eq!(ask(&real, asked).await.seen(), (200, "hello ada"));
}

#[tokio::test]
async fn the_body_is_read_as_ever() {
    let app = App::builder()
        .on::<Web>()
        .replace::<user, somebody>()
        .build()
        .unwrap();
    let router = router(&app);
    let answer = ask(
        &router,
        post_request("/write", "application/json", r#"["a","b"]"#),
    )
    .await;
    assert_eq!(answer.seen(), (200, "somebody wrote a b"));

    let app = App::builder()
        .on::<Web>()
        .replace::<user, nobody>()
        .build()
        .unwrap();
    let router = self::router(&app);
    let answer = ask(&router, post_request("/write", "text/plain", "no json")).await;
    assert_eq!(answer.status, 403, "a bad body does not hide it");
}

#[tokio::test]
async fn a_router_with_another_state_is_another_context() {
    #[handler]
    fn whoami(user: Depends<user>) -> String {
        user.to_string()
    }

    let routers = |app: &App| {
        let inner = Router::new().route("/whoami", get(whoami::handler));
        let inner = inner.with_state::<AppState>(());
        let outer = Router::new()
            .route("/whoami", get(whoami::handler))
            .nest("/inner", inner);
        outer
            .with_state(AppState { greeting: "hello" })
            .layer(app.layer())
    };
    let app = App::builder()
        .on::<Web>()
        .replace::<user, somebody>()
        .build()
        .unwrap();
    let router = routers(&app);
    assert_eq!(
        ask(&router, request("/whoami")).await.seen(),
        (200, "somebody")
    );
    // Even a request that the real one would let through.
    let asked = with_header(request("/inner/whoami"), "x-user", "ada");
    assert_eq!(ask(&router, asked).await.seen(), (500, ""));

    let builder = App::builder().on::<Web>().replace::<user, somebody>();
    let error = builder
        .on::<Http<()>>()
        .serves(whoami::handler)
        .build()
        .unwrap_err();
    assert_eq!(
        error.to_string(),
        "`user` is replaced in `Http<AppState>` but not in `Http<()>`, where `whoami` needs it; \
         replace it there too, with `.on::<Http<()>>().replace::<user, _>()`"
    );

    let app = App::builder().on::<Web>().replace::<user, somebody>();
    let app = app
        .on::<Http<()>>()
        .replace::<user, somebody_else>()
        .build()
        .unwrap();
    let router = routers(&app);
    assert_eq!(
        ask(&router, request("/whoami")).await.seen(),
        (200, "somebody")
    );
    assert_eq!(
        ask(&router, request("/inner/whoami")).await.seen(),
        (200, "somebody else")
    );
}

/// A router whose handlers are reached by users only: the layer asks in a context of its own.
fn for_users(app: &App) -> Router {
    Router::new()
        .route("/greet/{path}", get(greet::handler))
        .with_state(AppState { greeting: "hello" })
        .layer(require::<user>())
        .layer(app.layer())
}

#[tokio::test]
async fn what_a_layer_requires_is_replaced_too_and_made_once() {
    let app = App::builder().on::<Web>().replace::<user, somebody>();
    let app = app.on::<Http<()>>().replace::<user, somebody>();
    let app = app
        .on::<Call>()
        .serves(log_is_there::handler)
        .build()
        .unwrap();
    let log = Log::of(&app).await;
    assert_eq!(greeted(&for_users(&app), "x").await, ok("hello somebody"));
    assert_eq!(log.take(), ["somebody"]);
}

#[handler]
fn log_is_there(_log: Depends<log>) {}

#[tokio::test]
async fn what_a_layer_requires_may_add_to_the_original_and_both_are_made_once() {
    #[dependency]
    fn title(log: Depends<log>) -> String {
        log.write("title");
        "Countess".to_owned()
    }
    #[dependency]
    async fn with_name(log: Depends<log>, title: Depends<title>) -> String {
        log.write("with-name");
        format!("{} Ada", *title)
    }
    #[handler]
    fn show(title: Depends<title>) -> String {
        title.to_string()
    }

    let app = App::builder()
        .on::<Http<()>>()
        .replace::<title, with_name>()
        .build()
        .unwrap();
    let log = Log::of(&app).await;
    let router: Router = Router::new()
        .route("/", get(show::handler))
        .layer(require::<title>())
        .layer(app.layer());
    assert_eq!(
        ask(&router, request("/")).await.seen(),
        (200, "Countess Ada")
    );
    assert_eq!(log.take(), ["title", "with-name"]);
}

#[tokio::test]
async fn what_was_made_by_another_replacement_is_not_what_a_handler_takes() {
    let app = App::builder().on::<Web>().replace::<user, path_user>();
    let app = app
        .on::<Http<()>>()
        .replace::<user, somebody>()
        .build()
        .unwrap();
    let log = Log::of(&app).await;
    assert_eq!(greeted(&for_users(&app), "x").await, ok("hello x (hello)"));
    assert_eq!(log.take(), ["somebody", "path-user"]);
}

#[tokio::test]
async fn a_layer_in_whose_context_nothing_stands_for_the_guard_lets_nobody_through() {
    let app = App::builder()
        .on::<Web>()
        .replace::<user, somebody>()
        .build()
        .unwrap();
    let log = Log::of(&app).await;
    let asked = with_header(request("/greet/x"), "x-user", "ada");
    assert_eq!(ask(&for_users(&app), asked).await.seen(), (500, ""));
    assert_eq!(log.take(), [""; 0]);
}

#[tokio::test]
async fn a_value_passes_a_layer() {
    let app = App::builder()
        .replace_with::<user>("test".to_owned())
        .build()
        .unwrap();
    assert_eq!(greeted(&for_users(&app), "x").await, ok("hello test"));
}
