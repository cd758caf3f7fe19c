//! Errors that say something of themselves, and errors that do not.
#![deny(warnings)]

use std::fmt;

use axum::Router;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use hueless::{Depends, Outcome, dependency, handler};

/// Displays itself.
#[derive(Debug)]
struct Shown;

impl fmt::Display for Shown {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("shown")
    }
}

/// Can only be debugged.
#[derive(Debug)]
struct Debugged;

/// Says nothing.
struct Mute;

// A trait of that name is no other answer.
trait Text {
    fn text(&self) -> u8 {
        1
    }
}

impl<T> Text for T {}

macro_rules! dependency {
    ($name:ident, $error:ident, $close:ident) => {
        #[dependency(teardown = $close, after_response = $close)]
        fn $name() -> Result<u8, $error> {
            Ok(1)
        }

        fn $close(_value: Depends<$name>, _outcome: Outcome) -> Result<(), $error> {
            match *_value {
                1 => Ok(()),
                _ => Err($error),
            }
        }

        impl IntoResponse for $error {
            fn into_response(self) -> Response {
                StatusCode::INTERNAL_SERVER_ERROR.into_response()
            }
        }
    };
}

dependency!(shown, Shown, close_shown);
dependency!(debugged, Debugged, close_debugged);
dependency!(mute, Mute, close_mute);

#[handler]
fn read(shown: Depends<shown>, debugged: Depends<debugged>, mute: Depends<mute>) -> String {
    (*shown + *debugged + *mute).to_string()
}

fn main() {
    assert_eq!(1_u8.text(), 1);
    let _: Router = Router::new().route("/", get(read::handler));
}
