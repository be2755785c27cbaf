//! What surrounds every request: security headers, a page instead of a broken connection where
//! something panics, one line in the log that holds no content.

use crate::pages::{Halt, number};
use crate::server::{Cookies, Server};
use app::Trouble;
use axum::Router;
use axum::body::Body;
use axum::extract::{MatchedPath, Request};
use axum::http::header::{
    CACHE_CONTROL, CONTENT_SECURITY_POLICY, HeaderName, HeaderValue, REFERRER_POLICY,
    STRICT_TRANSPORT_SECURITY, X_CONTENT_TYPE_OPTIONS, X_FRAME_OPTIONS,
};
use axum::http::{HeaderMap, Response};
use axum::middleware::Next;
use std::future::ready;
use std::time::Instant;
use tower_http::catch_panic::CatchPanicLayer;

/// Nothing but what we serve ourselves, and nothing inline.
const CSP: &str = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; \
    font-src 'self'; connect-src 'self'; form-action 'self'; frame-ancestors 'none'; \
    base-uri 'none'";

/// No page of ours needs a device.
const PERMISSIONS: &str = "camera=(), geolocation=(), microphone=(), payment=(), usb=()";

/// Headers that every answer has.
const ALWAYS: [(HeaderName, &str); 7] = [
    (CONTENT_SECURITY_POLICY, CSP),
    (X_CONTENT_TYPE_OPTIONS, "nosniff"),
    (X_FRAME_OPTIONS, "DENY"),
    (REFERRER_POLICY, "no-referrer"),
    (HeaderName::from_static("permissions-policy"), PERMISSIONS),
    (HeaderName::from_static("cross-origin-opener-policy"), "same-origin"),
    (HeaderName::from_static("cross-origin-resource-policy"), "same-origin"),
];

/// The router with all that surrounds it.
pub(crate) fn around(router: Router<Server>, server: &Server) -> Router<Server> {
    let cookies = server.options.cookies;
    let broken = server.clone();
    router
        .layer(CatchPanicLayer::custom(move |_| panicked(&broken)))
        .layer(axum::middleware::from_fn(log))
        .layer(axum::middleware::map_response(move |response| ready(secure(cookies, response))))
}

fn secure(cookies: Cookies, mut response: Response<Body>) -> Response<Body> {
    let headers = response.headers_mut();
    for (name, value) in ALWAYS {
        headers.entry(name).or_insert(HeaderValue::from_static(value));
    }
    headers.entry(CACHE_CONTROL).or_insert(HeaderValue::from_static("no-store"));
    if cookies == Cookies::Secure {
        let year = HeaderValue::from_static("max-age=31536000");
        headers.entry(STRICT_TRANSPORT_SECURITY).or_insert(year);
    }
    response
}

/// One line for each request: which route, what came of it, how long it took. Neither address nor
/// query, which may hold what somebody searched for.
async fn log(route: Option<MatchedPath>, request: Request, next: Next) -> Response<Body> {
    let began = Instant::now();
    let method = request.method().clone();
    let response = next.run(request).await;
    let route = route.as_ref().map_or("-", MatchedPath::as_str);
    let micros = began.elapsed().as_micros();
    tracing::info!(%method, route, status = response.status().as_u16(), micros, "answered");
    response
}

fn panicked(server: &Server) -> Response<Body> {
    tracing::error!(number = number(&server.app), "a request broke off");
    Halt::from(Trouble::Stopped).plain(server, &HeaderMap::new())
}
