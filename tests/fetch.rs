//! `arkerr fetch`, against servers on this machine that speak the documented shapes of the site's
//! document API, well and badly. Nobody asks the site itself.

#![cfg(feature = "fetch")]

mod common;

use std::io::Write;
use std::net::TcpListener;
use std::time::{Duration, SystemTime};

use common::server::{Answer, Asked, Server, page};
use common::{Project, Run};
use flate2::Compression;
use flate2::write::GzEncoder;
use serde_json::{Value, json};

const SAVED: &str = "docs-snapshot/errorcode-scan.json";

/// A project with one snapshot, whose settings lead to a server.
fn project(settings: &str) -> Project {
    let project = Project::empty();
    project.write(SAVED, page("扫码错误码", &[("401", "Old")]).to_string());
    project.write("arkerr.toml", settings);
    project
}

/// Fetches the page from a server that answers always the same. The page is not to be had, and
/// nothing is written.
#[track_caller]
fn refused(answer: Answer, settings: &str) -> (Run, usize) {
    let server = Server::start(move |_, _| answer.clone());
    let project = project(&format!("{}{settings}", server.settings()));
    let run = project.arkerr_reads(&["fetch"]);
    assert_eq!(run.status, 2, "{run:#?}");
    (run, server.asked().len())
}

/// What the command says of a failure, the address of the server aside.
#[track_caller]
fn told(run: &Run, expected: &str) {
    let line = |line: &str| line.trim_end().to_owned();
    let text: Vec<String> = run.stderr.lines().map(line).collect();
    let text = text.join("\n");
    let port = text.find("127.0.0.1:").map(|at| {
        let digits = text[at + 10..].chars().take_while(char::is_ascii_digit);
        text[at..at + 10 + digits.count()].to_owned()
    });
    let text = match port {
        Some(host) => text.replace(&host, "HOST"),
        None => text,
    };
    assert!(text.starts_with(expected), "{text}");
}

#[test]
fn a_busy_site_is_asked_again_as_often_as_it_is_set() {
    for status in ["429 Too Many Requests", "500 Internal Server Error", "503 Service Unavailable"] {
        let (run, asked) = refused(Answer::status(status), "retries = 2");
        assert_eq!(asked, 3, "{run:#?}");
        let code = &status[..3];
        assert!(run.stderr.contains(code), "{run:#?}");
        assert!(run.stderr.contains("the site was asked 3 times"), "{run:#?}");
    }
}
