//! Who may see what an inspector shows.
//!
//! 1. Without a guard: who is on this machine, and has asked for this machine by name. A page from
//!    elsewhere whose own name was made to lead here does not get that far.
//! 2. With or without: nobody on behalf of another site.
//! 3. Who is refused learns nothing, not even what this is. What to do about it is in the log.
//! 4. Nothing of an answer is kept, and nothing in it can load or run anything from elsewhere.

use std::net::{Ipv4Addr, Ipv6Addr, SocketAddr};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use ::axum::Router;
use ::axum::extract::{ConnectInfo, Request};
use ::axum::http::header::{
    CACHE_CONTROL, CONTENT_SECURITY_POLICY, HOST, HeaderName, HeaderValue, ORIGIN, REFERRER_POLICY,
    X_CONTENT_TYPE_OPTIONS,
};
use ::axum::http::{HeaderMap, StatusCode};
use ::axum::middleware::{Next, from_fn};
use ::axum::response::{IntoResponse, Response};

/// What every answer says, those to strangers too.
const SAID: [(HeaderName, HeaderValue); 5] = [
    (CACHE_CONTROL, HeaderValue::from_static("no-store")),
    (X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff")),
    (REFERRER_POLICY, HeaderValue::from_static("no-referrer")),
    (
        HeaderName::from_static("cross-origin-opener-policy"),
        HeaderValue::from_static("same-origin"),
    ),
    (
        HeaderName::from_static("cross-origin-resource-policy"),
        HeaderValue::from_static("same-origin"),
    ),
];

/// What an answer may do that says nothing else: nothing.
const NOTHING: HeaderValue =
    HeaderValue::from_static("default-src 'none'; style-src 'unsafe-inline'; sandbox");

/// Whom an inspector answers.
#[derive(Debug, Clone, Copy)]
pub(super) enum Whom {
    /// Who is on this machine.
    OnThisMachine,
    /// Whom a guard lets pass, which is further in.
    WhoeverPasses,
}

/// Keeps strangers from the routes.
pub(super) fn protect(routes: Router, whom: Whom) -> Router {
    let told = Arc::new(Told::default());
    routes.route_layer(from_fn(move |request: Request, next: Next| {
        let refusal = refusal_of_site(&request).or_else(|| match whom {
            Whom::OnThisMachine => refusal_of_stranger(&request),
            Whom::WhoeverPasses => None,
        });
        if let Some(refusal) = refusal {
            told.tell(refusal);
        }
        async move {
            let mut response = match refusal {
                Some(_) => (StatusCode::FORBIDDEN, "forbidden\n").into_response(),
                None => next.run(request).await,
            };
            harden(&mut response);
            response
        }
    }))
}

fn harden(response: &mut Response) {
    let headers = response.headers_mut();
    for (name, value) in SAID {
        headers.insert(name, value);
    }
    headers.entry(CONTENT_SECURITY_POLICY).or_insert(NOTHING);
}

/// Why a request is refused.
#[derive(Debug, Clone, Copy)]
enum Refusal {
    /// A page of another site has sent it.
    OtherSite,
    /// It does not say where it comes from.
    FromNowhere,
    /// It comes from another machine.
    FromElsewhere,
    /// It came through a proxy.
    Forwarded,
    /// It does not ask for this machine, or not for it alone.
    ForeignName,
}

impl Refusal {
    const COUNT: usize = Self::ForeignName as usize + 1;

    /// What is wrong, and what to do about it.
    fn help(self) -> &'static str {
        match self {
            Self::OtherSite => {
                "the inspector refused a request of another site's page; open the inspector itself"
            }
            Self::FromNowhere => {
                "the inspector refused a request, as it answers clients on this machine and cannot \
                 know where they are; serve the router with \
                 `into_make_service_with_connect_info::<SocketAddr>()`, or say who may see it: \
                 `Inspector::of(&app).guarded_by::<your_guard>()`"
            }
            Self::FromElsewhere => {
                "the inspector refused a client on another machine; to let others in, say who may \
                 see it: `Inspector::of(&app).guarded_by::<your_guard>()`"
            }
            Self::Forwarded => {
                "the inspector refused a request that a proxy has forwarded, as it answers clients \
                 on this machine only; to let others in, say who may see it: \
                 `Inspector::of(&app).guarded_by::<your_guard>()`"
            }
            Self::ForeignName => {
                "the inspector refused a request that does not ask for this machine by name; ask \
                 for `localhost` or `127.0.0.1`, or say who may see it under other names: \
                 `Inspector::of(&app).guarded_by::<your_guard>()`"
            }
        }
    }
}

/// What the log was told: each reason once, as strangers can ask as often as they like.
#[derive(Debug, Default)]
struct Told([AtomicBool; Refusal::COUNT]);

impl Told {
    fn tell(&self, refusal: Refusal) {
        if !self.0[refusal as usize].swap(true, Ordering::Relaxed) {
            tracing::warn!("{}", refusal.help());
        }
    }
}

/// Whether a request is refused because it comes from elsewhere.
fn refusal_of_stranger(request: &Request) -> Option<Refusal> {
    let Some(ConnectInfo(client)) = request.extensions().get::<ConnectInfo<SocketAddr>>() else {
        return Some(Refusal::FromNowhere);
    };
    if !client.ip().to_canonical().is_loopback() {
        return Some(Refusal::FromElsewhere);
    }
    if request.headers().keys().any(is_of_proxy) {
        return Some(Refusal::Forwarded);
    }
    match names(request) {
        Some(names) if names.iter().all(|name| is_this_machine(name)) => None,
        _ => Some(Refusal::ForeignName),
    }
}

/// Whether proxies add a header, which clients have no reason to: it says for whom they ask, what was
/// asked of them, or that they were there.
fn is_of_proxy(header: &HeaderName) -> bool {
    // In lower case, as all names of headers are here.
    let name = header.as_str();
    let is_one = ["via", "cdn-loop", "x-original-host"].contains(&name);
    is_one
        || name.contains("forwarded")
        || ["-ip", "-clientip", "-remote-addr"]
            .iter()
            .any(|end| name.ends_with(end))
        || ["cf-", "x-envoy-"]
            .iter()
            .any(|start| name.starts_with(start))
}

/// Whether a request is refused because a page of another site has sent it.
fn refusal_of_site(request: &Request) -> Option<Refusal> {
    let names = names(request).unwrap_or_default();
    let is_own = |origin: &HeaderValue| {
        let origin = origin.to_str().ok()?;
        let (_, authority) = origin.split_once("://")?;
        let mut names = names.iter();
        let is_own = names.len() > 0 && names.all(|name| name.eq_ignore_ascii_case(authority));
        is_own.then_some(())
    };
    let headers = request.headers();
    let origins = headers.get_all(ORIGIN).iter();
    let mut others = origins.filter(|origin| is_own(origin).is_none());
    if others.next().is_some() || is_fetched_by_other_site(headers) {
        return Some(Refusal::OtherSite);
    }
    None
}

/// Whether a browser says that the page of another site asks, or one behind another port. Who follows
/// a link there leaves that page, which gets to see nothing.
fn is_fetched_by_other_site(headers: &HeaderMap) -> bool {
    let is = |name: &str, known: &[&str]| {
        let mut values = headers.get_all(name).iter();
        values.all(|value| known.iter().any(|known| value == known))
    };
    let is_own = is("sec-fetch-site", &["same-origin", "none"]);
    let is_link = headers.contains_key("sec-fetch-dest")
        && is("sec-fetch-dest", &["document"])
        && is("sec-fetch-mode", &["navigate"]);
    !is_own && !is_link
}

/// What the client calls this server, each time that it says so: in HTTP/2, or to a proxy, the address
/// has it as well or alone. `None` if it does not say, or not as text.
fn names(request: &Request) -> Option<Vec<&str>> {
    let hosts = request.headers().get_all(HOST).iter();
    let hosts = hosts.map(|host| host.to_str().ok());
    let authority = request.uri().authority();
    let names = hosts.chain(authority.map(|authority| Some(authority.as_str())));
    let names: Vec<&str> = names.collect::<Option<_>>()?;
    (!names.is_empty()).then_some(names)
}

/// Whether this is a name of this machine, and nothing else but a port.
fn is_this_machine(name: &str) -> bool {
    let (is_name, port) = match name.strip_prefix('[') {
        Some(name) => {
            let Some((address, port)) = name.split_once(']') else {
                return false;
            };
            let address = address.parse::<Ipv6Addr>();
            let is_loopback = |it: Ipv6Addr| it.to_canonical().is_loopback();
            (address.is_ok_and(is_loopback), port)
        }
        None => {
            let (name, port) = name.split_at(name.find(':').unwrap_or(name.len()));
            let is_loopback = |it: Ipv4Addr| it.is_loopback();
            let is_address = name.parse().is_ok_and(is_loopback);
            (is_address || name.eq_ignore_ascii_case("localhost"), port)
        }
    };
    is_name && is_port(port)
}

/// Whether this is nothing, or a colon with a port.
fn is_port(port: &str) -> bool {
    match port.strip_prefix(':') {
        // A number may have a sign, and a port not.
        Some(port) => port.parse::<u16>().is_ok() && !port.starts_with('+'),
        None => port.is_empty(),
    }
}
