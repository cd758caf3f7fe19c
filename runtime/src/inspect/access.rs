//! Who may see what an inspector shows.
//!
//! 1. Without a guard: who is on this machine, and has asked for this machine by name. A page from
//!    elsewhere whose own name was made to lead here does not get that far.
//! 2. With or without: nobody on behalf of another site.
//! 3. Nothing of an answer is kept, and nothing in it can load or run anything from elsewhere.

use std::net::{IpAddr, SocketAddr};

use ::axum::Router;
use ::axum::extract::{ConnectInfo, Request};
use ::axum::http::header::{
    CACHE_CONTROL, CONTENT_SECURITY_POLICY, FORWARDED, HOST, HeaderName, HeaderValue, ORIGIN,
    REFERRER_POLICY, X_CONTENT_TYPE_OPTIONS,
};
use ::axum::http::uri::Authority;
use ::axum::http::{HeaderMap, StatusCode};
use ::axum::middleware::{Next, from_fn};
use ::axum::response::{IntoResponse, Response};

/// What a proxy adds that says for whom it asks.
const FORWARDING: [HeaderName; 4] = [
    FORWARDED,
    HeaderName::from_static("x-forwarded-for"),
    HeaderName::from_static("x-forwarded-host"),
    HeaderName::from_static("x-real-ip"),
];

/// What every answer says, those to strangers too.
const SAID: [(HeaderName, HeaderValue); 4] = [
    (CACHE_CONTROL, HeaderValue::from_static("no-store")),
    (X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff")),
    (REFERRER_POLICY, HeaderValue::from_static("no-referrer")),
    (
        HeaderName::from_static("cross-origin-resource-policy"),
        HeaderValue::from_static("same-origin"),
    ),
];

/// What an answer may do that says nothing else: nothing.
const NOTHING: HeaderValue =
    HeaderValue::from_static("default-src 'none'; style-src 'unsafe-inline'; sandbox");

/// Keeps strangers from the routes.
pub(super) fn protect(routes: Router, is_guarded: bool) -> Router {
    routes.layer(from_fn(move |request: Request, next: Next| async move {
        let refusal = if is_guarded {
            refusal_of_site(&request)
        } else {
            refusal_of_site(&request).or_else(|| refusal_of_stranger(&request))
        };
        let mut response = match refusal {
            Some(why) => (StatusCode::FORBIDDEN, format!("{why}\n")).into_response(),
            None => next.run(request).await,
        };
        harden(&mut response);
        response
    }))
}

fn harden(response: &mut Response) {
    let headers = response.headers_mut();
    for (name, value) in SAID {
        headers.insert(name, value);
    }
    headers.entry(CONTENT_SECURITY_POLICY).or_insert(NOTHING);
}

/// Why a request is refused that comes from elsewhere.
fn refusal_of_stranger(request: &Request) -> Option<&'static str> {
    let Some(ConnectInfo(client)) = request.extensions().get::<ConnectInfo<SocketAddr>>() else {
        return Some(
            "The inspector answers clients on this machine, and cannot know where this one is. Serve \
             the router with `into_make_service_with_connect_info::<SocketAddr>()`, or say who may \
             see it: `Inspector::of(&app).guarded_by::<your_guard>()`.",
        );
    };
    if !client.ip().to_canonical().is_loopback() {
        return Some(
            "The inspector answers clients on this machine only. To let others in, say who may see \
             it: `Inspector::of(&app).guarded_by::<your_guard>()`.",
        );
    }
    let headers = request.headers();
    if FORWARDING.iter().any(|name| headers.contains_key(name)) {
        return Some(
            "This request was forwarded by a proxy, and the inspector answers clients on this machine \
             only. To let others in, say who may see it: \
             `Inspector::of(&app).guarded_by::<your_guard>()`.",
        );
    }
    if !host(request).is_some_and(|host| is_this_machine(&host)) {
        return Some(
            "The inspector answers to names of this machine only: ask for `localhost` or \
             `127.0.0.1`. For other names, say who may see it: \
             `Inspector::of(&app).guarded_by::<your_guard>()`.",
        );
    }
    None
}

/// Why a request is refused that a page of another site has sent.
fn refusal_of_site(request: &Request) -> Option<&'static str> {
    let origins = request.headers().get_all(ORIGIN).iter();
    let host = host(request);
    let is_own = |origin: &HeaderValue| {
        let origin = origin.to_str().ok()?;
        let (_, authority) = origin.split_once("://")?;
        let authority: Authority = authority.parse().ok()?;
        Some(host.as_ref() == Some(&authority))
    };
    let mut others = origins.filter(|origin| is_own(origin) != Some(true));
    others
        .next()
        .map(|_| "The inspector does not answer the pages of other sites.")
}

/// What the client calls this server.
fn host(request: &Request) -> Option<Authority> {
    match only(request.headers(), &HOST) {
        Ok(Some(host)) => host.to_str().ok()?.parse().ok(),
        // HTTP/2 says it there.
        Ok(None) => request.uri().authority().cloned(),
        Err(Several) => None,
    }
}

/// A header stands more than once.
struct Several;

fn only<'a>(headers: &'a HeaderMap, name: &HeaderName) -> Result<Option<&'a HeaderValue>, Several> {
    let mut values = headers.get_all(name).iter();
    let first = values.next();
    match values.next() {
        None => Ok(first),
        Some(_) => Err(Several),
    }
}

fn is_this_machine(host: &Authority) -> bool {
    let name = host.host();
    let address = name
        .strip_prefix('[')
        .and_then(|rest| rest.strip_suffix(']'));
    match address.unwrap_or(name).parse::<IpAddr>() {
        Ok(address) => address.to_canonical().is_loopback(),
        Err(_) => name.eq_ignore_ascii_case("localhost"),
    }
}
