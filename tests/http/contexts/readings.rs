//! What the application reads, and how each context reads it.

use axum::extract::{FromRequest, FromRequestParts, Query, Request};
use axum::http::request::Parts;
use hueless::{BoxError, Call, Extract, Input};
use line_protocol::{FromLine, FromText, Line, Refusal, Word};
use serde::Deserialize;

use super::application::Refused;

/// What a client asks with, before it is put into the words of a context.
#[derive(Clone)]
pub(super) struct Asked {
    pub(super) caller: &'static str,
    pub(super) number: Option<usize>,
    pub(super) text: Option<&'static str>,
}

impl Asked {
    pub(super) fn by(caller: &'static str) -> Self {
        Self {
            caller,
            number: None,
            text: None,
        }
    }

    pub(super) fn number(mut self, number: usize) -> Self {
        self.number = Some(number);
        self
    }

    pub(super) fn text(mut self, text: &'static str) -> Self {
        self.text = Some(text);
        self
    }
}

fn no(what: &str) -> Refused {
    Refused(format!("no {what} was given"))
}

pub(super) struct Caller(pub(super) String);

impl<S: Sync> FromRequestParts<S> for Caller {
    type Rejection = Refused;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Refused> {
        let caller = parts.headers.get("x-caller");
        let caller = caller.and_then(|caller| caller.to_str().ok());
        Ok(Self(caller.ok_or_else(|| no("caller"))?.to_owned()))
    }
}

impl Extract<Caller> for Call {
    async fn extract(&mut self) -> Result<Caller, BoxError> {
        let Input(asked) = Extract::<Input<Asked>>::extract(self).await?;
        Ok(Caller(asked.caller.to_owned()))
    }
}

impl FromLine for Caller {
    fn from_line(line: &Line) -> Result<Self, Refusal> {
        Word::<0>::from_line(line).map(|Word(caller)| Self(caller))
    }
}

pub(super) struct Number(pub(super) usize);

#[derive(Deserialize)]
struct Numbered {
    number: Option<usize>,
}

impl<S: Send + Sync> FromRequestParts<S> for Number {
    type Rejection = Refused;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, Refused> {
        let query = Query::<Numbered>::from_request_parts(parts, state).await;
        let number = query.ok().and_then(|Query(query)| query.number);
        number.map(Self).ok_or_else(|| no("number"))
    }
}

impl Extract<Number> for Call {
    async fn extract(&mut self) -> Result<Number, BoxError> {
        let Input(asked) = Extract::<Input<Asked>>::extract(self).await?;
        Ok(asked.number.map(Number).ok_or_else(|| no("number"))?)
    }
}

impl FromLine for Number {
    fn from_line(line: &Line) -> Result<Self, Refusal> {
        match Word::<1, usize>::from_line(line) {
            Ok(Word(number)) => Ok(Self(number)),
            Err(_) => Err(Refusal::new("refused", no("number").0)),
        }
    }
}

/// Taken from the body of a request, from the end of a line, or from the input of a call.
pub(super) struct Text(pub(super) String);

impl<S: Send + Sync> FromRequest<S> for Text {
    type Rejection = Refused;

    async fn from_request(request: Request, state: &S) -> Result<Self, Refused> {
        let text = String::from_request(request, state).await;
        text.map(Self).map_err(|_| no("text"))
    }
}

impl Extract<Text> for Call {
    async fn extract(&mut self) -> Result<Text, BoxError> {
        let Input(asked) = Extract::<Input<Asked>>::extract(self).await?;
        let text = asked.text.ok_or_else(|| no("text"))?;
        Ok(Text(text.to_owned()))
    }
}

impl FromText for Text {
    fn from_text(text: String) -> Result<Self, Refusal> {
        Ok(Self(text))
    }
}
