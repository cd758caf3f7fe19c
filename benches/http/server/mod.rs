//! The servers, each of which is a process of its own: this program again, or Python.

mod actix;
mod axum_by_hand;
mod hueless;
mod listener;
mod poem;
mod rocket;
mod salvo;
mod xitca;

pub(crate) use self::{axum_by_hand::router as axum_router, hueless::router as hueless_router};

use crate::AnyError;

/// The servers.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Kind {
    Axum,
    Hueless,
    Xitca,
    Poem,
    Salvo,
    Rocket,
    Actix,
    FastApi,
}

/// Those that are written in Rust.
const OURS: [Kind; 7] = [
    Kind::Axum,
    Kind::Hueless,
    Kind::Xitca,
    Kind::Poem,
    Kind::Salvo,
    Kind::Rocket,
    Kind::Actix,
];

impl Kind {
    /// What a process is told that is to be this server.
    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::Axum => "axum",
            Self::Hueless => "hueless",
            Self::Xitca => "xitca-web",
            Self::Poem => "poem",
            Self::Salvo => "salvo",
            Self::Rocket => "rocket",
            Self::Actix => "actix-web",
            Self::FastApi => "FastAPI",
        }
    }

    /// The server that a process is told to be.
    pub(crate) fn named(name: &str) -> Result<Self, AnyError> {
        let mut kinds = OURS.into_iter();
        let found = kinds.find(|kind| kind.name() == name);
        found.ok_or_else(|| format!("there is no server `{name}`").into())
    }
}

/// Is a server until the process that started it goes away.
pub(crate) fn serve(kind: Kind) -> Result<(), AnyError> {
    listener::end_with_parent();
    match kind {
        Kind::Axum => axum_by_hand::serve(),
        Kind::Hueless => hueless::serve(),
        Kind::Xitca => xitca::serve(),
        Kind::Poem => poem::serve(),
        Kind::Salvo => salvo::serve(),
        Kind::Rocket => rocket::serve(),
        Kind::Actix => actix::serve(),
        Kind::FastApi => Err("it is not written in Rust".into()),
    }
}
