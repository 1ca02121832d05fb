//! What may go wrong with one request, and whether it is worth to ask again.

use std::io::ErrorKind;
use std::time::{Duration, SystemTime};

use ureq::Error;
use ureq::http::header::{LOCATION, RETRY_AFTER};
use ureq::http::{HeaderMap, StatusCode};
use url::Url;

use crate::problem::{Failure, FailureKind};

/// Why a request came to nothing.
#[derive(Debug)]
pub(super) struct Refusal {
    pub(super) failure: Failure,
    /// Whether it is worth to ask again.
    pub(super) may_pass: bool,
    /// How long the site wants to be left alone before.
    pub(super) wait: Option<Duration>,
    /// Whether all other requests would fail in the same way.
    pub(super) is_general: bool,
}

impl Refusal {
    fn new(kind: FailureKind, cause: impl Into<String>) -> Self {
        Self {
            failure: Failure::new(kind, cause),
            may_pass: false,
            wait: None,
            is_general: false,
        }
    }

    fn note(mut self, note: impl Into<String>) -> Self {
        self.failure = self.failure.note(note);
        self
    }

    fn help(mut self, help: &'static str) -> Self {
        self.failure = self.failure.help(help);
        self
    }

    fn passing(mut self) -> Self {
        self.may_pass = true;
        self
    }

    fn general(mut self) -> Self {
        self.is_general = true;
        self
    }

    /// No connection was made, or no answer began.
    pub(super) fn connection(error: &Error, address: &str) -> Self {
        let host = host(address);
        let network = |cause: String| Self::new(FailureKind::Network, cause);
        match error {
            Error::Timeout(_) => Self::timeout(),
            Error::Tls(_) | Error::Rustls(_) => Self::untrusted(error, &host),
            Error::Io(io) => match io.kind() {
                ErrorKind::InvalidData => Self::untrusted(error, &host),
                ErrorKind::UnexpectedEof
                | ErrorKind::ConnectionReset
                | ErrorKind::ConnectionAborted
                | ErrorKind::BrokenPipe => network(format!("{host} closed the connection"))
                    .note(reason(error))
                    .passing(),
                _ => Self::unreachable(error, &host),
            },
            Error::HostNotFound | Error::ConnectionFailed | Error::ConnectProxyFailed(_) => {
                Self::unreachable(error, &host)
            }
            _ => network(format!("{host} gave no answer of HTTP")).note(reason(error)),
        }
    }

    /// An answer has begun and was not read to its end.
    pub(super) fn body(error: &Error, max_size: u64) -> Self {
        match error {
            Error::BodyExceedsLimit(_) => Self::new(FailureKind::Answer, "the answer is too large")
                .note(format!(
                    "`max_page_size` of the table `[fetch]` is {max_size} bytes"
                ))
                .help("set `max_page_size` in arkerr.toml, if it may be so large"),
            Error::Timeout(_) => Self::timeout(),
            error => Self::new(FailureKind::Network, "the answer broke off")
                .note(reason(error))
                .passing(),
        }
    }

    /// An answer has another status than 200.
    pub(super) fn status(status: StatusCode, headers: &HeaderMap, address: &str) -> Self {
        let host = host(address);
        if status.is_redirection() {
            return Self::redirect(status, headers, address, &host);
        }
        let refusal = Self {
            wait: retry_after(headers, SystemTime::now()),
            ..Self::new(FailureKind::Answer, format!("{host} answered {status}"))
        };
        match status {
            StatusCode::TOO_MANY_REQUESTS => refusal
                .help("try again later, or set `pause` in the table `[fetch]` of arkerr.toml")
                .passing()
                .general(),
            StatusCode::REQUEST_TIMEOUT => refusal.passing(),
            status if status.is_server_error() => refusal
                .help("try again later: the site has a problem of its own")
                .passing(),
            StatusCode::UNAUTHORIZED | StatusCode::FORBIDDEN => refusal
                .help("the site, or a proxy before it, refuses to be asked; save pages from a browser")
                .general(),
            StatusCode::NOT_FOUND => refusal
                .note("a page that is not there is answered otherwise")
                .help("the document API may have moved: correct `fetch.api` in arkerr.toml")
                .general(),
            _ => refusal,
        }
    }

    fn redirect(status: StatusCode, headers: &HeaderMap, address: &str, host: &str) -> Self {
        let location = headers.get(LOCATION).and_then(|value| value.to_str().ok());
        let target = location.and_then(|location| Url::parse(address).ok()?.join(location).ok());
        let mut refusal = Self::new(FailureKind::Answer, format!("{host} redirects"));
        if let Some(target) = target {
            refusal = refusal.note(format!("the new address is {target}"));
        }
        refusal
            .note(format!("it answered {status}; redirects are not followed"))
            .help("if the document API has moved there, set `fetch.api` in arkerr.toml")
            .general()
    }

    fn unreachable(error: &Error, host: &str) -> Self {
        Self::new(FailureKind::Network, format!("{host} cannot be reached"))
            .note(reason(error))
            .help("see that the network can be reached, or correct `fetch.api` in arkerr.toml")
            .passing()
            .general()
    }

    fn untrusted(error: &Error, host: &str) -> Self {
        Self::new(FailureKind::Network, format!("{host} is not trusted"))
            .note(reason(error))
            .note("certificates are always verified, against those that the system trusts")
            .help("if a proxy of yours answers in its place, add its certificate to the system's, or name its file as SSL_CERT_FILE")
            .general()
    }

    fn timeout() -> Self {
        Self::new(FailureKind::Network, "the answer took too long")
            .help("try again later, or set `timeout` in the table `[fetch]` of arkerr.toml")
            .passing()
    }
}

/// How long the site wants to be left alone: in seconds, or until a date.
fn retry_after(headers: &HeaderMap, now: SystemTime) -> Option<Duration> {
    let value = headers.get(RETRY_AFTER)?.to_str().ok()?.trim();
    if let Ok(seconds) = value.parse() {
        return Some(Duration::from_secs(seconds));
    }
    let date = httpdate::parse_http_date(value).ok()?;
    Some(date.duration_since(now).unwrap_or_default())
}

/// The host of an address, and its port where it is not the usual one.
fn host(address: &str) -> String {
    let url = Url::parse(address).ok();
    let host = url.as_ref().and_then(|url| {
        let host = url.host_str()?;
        Some(match url.port() {
            Some(port) => format!("{host}:{port}"),
            None => host.to_owned(),
        })
    });
    host.unwrap_or_else(|| address.to_owned())
}

/// What a library says about an error, without its own prefix.
fn reason(error: &Error) -> String {
    match error {
        Error::Io(error) => error.to_string(),
        error => error.to_string(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn wait(value: &str, now: SystemTime) -> Option<Duration> {
        let mut headers = HeaderMap::new();
        headers.insert(RETRY_AFTER, value.parse().expect("this may be in a header"));
        retry_after(&headers, now)
    }

    #[test]
    fn the_site_may_ask_for_time_in_seconds_or_until_a_date() {
        let date = "Sun, 06 Nov 1994 08:49:37 GMT";
        let now = httpdate::parse_http_date(date).expect("this is a date");
        assert_eq!(wait(" 120 ", now), Some(Duration::from_secs(120)));
        assert_eq!(
            wait("Sun, 06 Nov 1994 08:50:07 GMT", now),
            Some(Duration::from_secs(30))
        );
        assert_eq!(
            wait("Sun, 06 Nov 1994 08:00:00 GMT", now),
            Some(Duration::ZERO)
        );
        assert_eq!(wait("-1", now), None);
        assert_eq!(wait("soon", now), None);
        assert_eq!(retry_after(&HeaderMap::new(), now), None);
    }

    #[test]
    fn a_host_is_named_with_a_port_that_is_not_the_usual_one() {
        assert_eq!(host("https://a.example/b"), "a.example");
        assert_eq!(host("http://[::1]:80/b"), "[::1]");
        assert_eq!(host("http://127.0.0.1:8080/b"), "127.0.0.1:8080");
    }
}
