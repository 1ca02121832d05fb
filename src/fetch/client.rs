//! One request to the document API, and what may go wrong with it.

use std::io;
use std::time::{Duration, SystemTime};

use http::header::{LOCATION, ORIGIN, REFERER, RETRY_AFTER};
use http::{HeaderMap, StatusCode};
use ureq::tls::{Certificate, RootCerts, TlsConfig};
use ureq::{Agent, Body, Error};
use url::Url;

use super::failure::{Again, Failure};

/// What arkerr calls itself to the site, and where to read about it.
const USER_AGENT: &str = concat!(
    "arkerr/",
    env!("CARGO_PKG_VERSION"),
    " (+https://crates.io/crates/arkerr)"
);

/// The site whose pages load their text from the API. It is part of every request that the pages
/// make.
const SITE: &str = "https://developer.huawei.com";

/// A client that follows no redirects, keeps no cookies, and reads no more than it has to.
#[derive(Debug)]
pub(super) struct Client {
    agent: Agent,
    max_size: u64,
}

impl Client {
    /// A client that reads answers of so many bytes at most.
    pub(super) fn new(max_size: u64) -> Self {
        let config = Agent::config_builder()
            .http_status_as_error(false)
            .max_redirects(0)
            .tls_config(TlsConfig::builder().root_certs(roots()).build())
            .user_agent(USER_AGENT)
            .accept("application/json")
            .build();
        Self {
            agent: config.into(),
            max_size,
        }
    }

    /// Sends JSON to an address, and returns what is answered, unpacked.
    pub(super) fn post(
        &self,
        address: &str,
        json: &str,
        timeout: Duration,
    ) -> Result<Vec<u8>, Failure> {
        let request = self.agent.post(address).content_type("application/json");
        let request = request.header(ORIGIN, SITE);
        let request = request.header(REFERER, format!("{SITE}/"));
        let request = request.config().timeout_global(Some(timeout)).build();
        let answer = request.send(json);
        let answer = answer.map_err(|error| connection_failure(&error, address))?;
        match answer.status() {
            StatusCode::OK => self.read(answer.into_body()),
            status => Err(status_failure(status, answer.headers(), address)),
        }
    }

    fn read(&self, body: Body) -> Result<Vec<u8>, Failure> {
        let body = body.into_with_config().limit(self.max_size);
        body.read_to_vec()
            .map_err(|error| self.body_failure(&error))
    }

    fn body_failure(&self, error: &Error) -> Failure {
        match error {
            Error::BodyExceedsLimit(_) => {
                Failure::new("fetch-too-large", "the answer is too large")
                    .note(format!(
                        "`max_page_size` of the table `[fetch]` is {} bytes",
                        self.max_size
                    ))
                    .help("set `max_page_size` in arkerr.toml, if it may be so large")
            }
            Error::Timeout(_) => timed_out(),
            error => Failure::new("fetch-cut-off", "the answer broke off")
                .note(reason(error))
                .passing(),
        }
    }
}

/// The certificates that the system trusts; those of Mozilla, where it has none.
fn roots() -> RootCerts {
    let found = rustls_native_certs::load_native_certs().certs;
    if found.is_empty() {
        return RootCerts::WebPki;
    }
    let certificates = found.iter();
    let certificates = certificates.map(|found| Certificate::from_der(found).to_owned());
    certificates.collect::<Vec<_>>().into()
}

/// What kept a connection from being made, or an answer from beginning.
fn connection_failure(error: &Error, address: &str) -> Failure {
    let host = host(address);
    match error {
        Error::Timeout(_) => timed_out(),
        Error::HostNotFound => Failure::new("fetch-connection", format!("there is no host {host}"))
            .help("see that the network can be reached, or correct `fetch.api` in arkerr.toml")
            .passing()
            .general(),
        Error::Io(io) if is_closed(io) => {
            Failure::new("fetch-cut-off", format!("{host} closed the connection"))
                .note(reason(error))
                .passing()
        }
        Error::Tls(_) | Error::Rustls(_) => untrusted(&host, error),
        Error::Io(io) if io.kind() == io::ErrorKind::InvalidData => untrusted(&host, error),
        Error::Io(_) | Error::ConnectionFailed | Error::ConnectProxyFailed(_) => {
            Failure::new("fetch-connection", format!("{host} cannot be reached"))
                .note(reason(error))
                .help("see that the network can be reached, or correct `fetch.api` in arkerr.toml")
                .passing()
                .general()
        }
        error => Failure::new("fetch-protocol", format!("{host} gave no answer of HTTP"))
            .note(reason(error)),
    }
}

fn untrusted(host: &str, error: &Error) -> Failure {
    Failure::new("fetch-tls", format!("{host} is not trusted"))
        .note(reason(error))
        .note("certificates are always verified, against those that the system trusts")
        .help("if a proxy of yours answers in its place, add its certificate to the system's, or name its file as SSL_CERT_FILE")
        .general()
}

fn timed_out() -> Failure {
    Failure::new("fetch-timeout", "the answer took too long")
        .help("try again later, or set `timeout` in the table `[fetch]` of arkerr.toml")
        .passing()
}

/// Whether a connection was there, and was closed.
fn is_closed(error: &io::Error) -> bool {
    matches!(
        error.kind(),
        io::ErrorKind::UnexpectedEof
            | io::ErrorKind::ConnectionReset
            | io::ErrorKind::ConnectionAborted
            | io::ErrorKind::BrokenPipe
    )
}

/// What an answer without a page comes to.
fn status_failure(status: StatusCode, headers: &HeaderMap, address: &str) -> Failure {
    if status.is_redirection() {
        return redirected(status, headers, address);
    }
    let host = host(address);
    let failure = Failure::new("fetch-status", format!("{host} answered {status}"));
    let wait = retry_after(headers, SystemTime::now());
    match status {
        StatusCode::TOO_MANY_REQUESTS => {
            let failure = failure
                .help("try again later, or set `pause` in the table `[fetch]` of arkerr.toml");
            later(failure, wait).general()
        }
        StatusCode::REQUEST_TIMEOUT => later(failure, wait),
        status if status.is_server_error() => {
            later(failure, wait).help("try again later: the site has a problem of its own")
        }
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

fn later(failure: Failure, wait: Option<Duration>) -> Failure {
    let mut failure = failure.passing();
    if let Some(wait) = wait {
        failure.again = Again::After(wait);
    }
    failure
}

fn redirected(status: StatusCode, headers: &HeaderMap, address: &str) -> Failure {
    let location = headers.get(LOCATION).map(|value| value.as_bytes());
    let location = location.map(|value| String::from_utf8_lossy(value).into_owned());
    let base = Url::parse(address).ok();
    let target = location.as_deref().zip(base.as_ref());
    let target = target.and_then(|(location, base)| base.join(location).ok());
    let elsewhere = match (target.as_ref().map(Url::as_str), location.as_deref()) {
        (Some(target), _) => format!(" to {}", host(target)),
        (None, Some(location)) => format!(" to {location}"),
        (None, None) => String::new(),
    };
    let failure = Failure::new(
        "fetch-redirect",
        format!("{} redirects{elsewhere}", host(address)),
    );
    let failure = match target {
        Some(target) => failure.note(format!("the new address is {target}")),
        None => failure,
    };
    failure
        .note(format!("it answered {status}; redirects are not followed"))
        .help("if the document API has moved there, set `fetch.api` in arkerr.toml")
        .general()
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

/// What a library says about an error.
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
