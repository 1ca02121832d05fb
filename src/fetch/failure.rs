//! What may go wrong with one request, and whether it is worth to ask again.

use std::io::ErrorKind;
use std::time::{Duration, SystemTime};

use ureq::Error;
use ureq::http::header::{LOCATION, RETRY_AFTER};
use ureq::http::{HeaderMap, StatusCode};
use url::Url;

use crate::problem::{Failure, FailureKind};

/// No connection was made, or no answer began.
pub(super) fn connection(error: &Error, address: &str) -> Failure {
    match error {
        Error::Timeout(_) => timeout(),
        Error::Tls(_) | Error::Rustls(_) => untrusted(error, address),
        Error::Io(io) => match io.kind() {
            ErrorKind::InvalidData => untrusted(error, address),
            ErrorKind::UnexpectedEof
            | ErrorKind::ConnectionReset
            | ErrorKind::ConnectionAborted
            | ErrorKind::BrokenPipe => broken_off(error),
            _ => unreachable(error, address),
        },
        Error::HostNotFound | Error::ConnectionFailed | Error::ConnectProxyFailed(_) => {
            unreachable(error, address)
        }
        _ => broken_off(error),
    }
}

/// An answer has begun and was not read to its end.
pub(super) fn body(error: &Error, max_size: u64) -> Failure {
    match error {
        Error::BodyExceedsLimit(_) => answer("the answer is too large")
            .note(format!(
                "`max_page_size` of the table `[fetch]` is {max_size} bytes"
            ))
            .help("set `max_page_size` in arkerr.toml, if it may be so large"),
        Error::Timeout(_) => timeout(),
        error => broken_off(error),
    }
}

/// An answer has another status than 200.
pub(super) fn status(status: StatusCode, headers: &HeaderMap, address: &str) -> Failure {
    if status.is_redirection() {
        return redirect(status, headers, address);
    }
    let cause = format!("{} answered {status}", host(address));
    let failure = Failure {
        wait: retry_after(headers, SystemTime::now()),
        ..answer(cause)
    };
    match status {
        StatusCode::TOO_MANY_REQUESTS => failure
            .help("try again later, or set `pause` in the table `[fetch]` of arkerr.toml")
            .passing()
            .general(),
        StatusCode::REQUEST_TIMEOUT => failure.passing(),
        status if status.is_server_error() => failure
            .help("try again later: the site has a problem of its own")
            .passing(),
        StatusCode::UNAUTHORIZED | StatusCode::FORBIDDEN => failure
            .help("the site, or a proxy before it, refuses to be asked; save pages from a browser")
            .general(),
        StatusCode::NOT_FOUND => failure
            .note("a page that is not there is answered otherwise")
            .help("the document API may have moved: correct `fetch.api` in arkerr.toml")
            .general(),
        _ => failure,
    }
}

fn redirect(status: StatusCode, headers: &HeaderMap, address: &str) -> Failure {
    let location = headers.get(LOCATION).and_then(|value| value.to_str().ok());
    let target = location.and_then(|location| Url::parse(address).ok()?.join(location).ok());
    let cause = format!("{} redirects", host(address));
    let mut failure = answer(cause)
        .help("if the document API has moved there, set `fetch.api` in arkerr.toml")
        .general();
    if let Some(target) = target {
        failure = failure.note(format!("the new address is {target}"));
    }
    failure.note(format!("it answered {status}; redirects are not followed"))
}

/// The failure of an answer that is an error, or is not a page.
pub(super) fn answer(cause: impl Into<String>) -> Failure {
    Failure::new(FailureKind::Answer, cause)
}

fn network(cause: impl Into<String>) -> Failure {
    Failure::new(FailureKind::Network, cause)
}

fn broken_off(error: &Error) -> Failure {
    network("the answer broke off")
        .note(error.to_string())
        .passing()
}

fn unreachable(error: &Error, address: &str) -> Failure {
    network(format!("{} cannot be reached", host(address)))
        .note(error.to_string())
        .help("see that the network can be reached, or correct `fetch.api` in arkerr.toml")
        .passing()
        .general()
}

fn untrusted(error: &Error, address: &str) -> Failure {
    network(format!("{} is not trusted", host(address)))
        .note(error.to_string())
        .note("certificates are always verified, against those that the system trusts")
        .help("if a proxy of yours answers in its place, add its certificate to the system's, or name its file as SSL_CERT_FILE")
        .general()
}

fn timeout() -> Failure {
    network("the answer took too long")
        .help("try again later, or set `timeout` in the table `[fetch]` of arkerr.toml")
        .passing()
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
fn host(address: &str) -> &str {
    address.split('/').nth(2).unwrap_or(address)
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
}
