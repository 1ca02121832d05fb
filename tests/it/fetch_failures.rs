//! How `arkerr fetch` fails: servers on this machine that answer badly, late, or not at all. In
//! each case the snapshots stay as they are.

use std::net::TcpListener;

use crate::common::Run;
use crate::common::server::{Answer, Server, project};

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
    let (run, asked) = refused(Answer::status("429 Too Many Requests"), "retries = 2");
    assert_eq!(asked, 3);
    told(
        &run,
        "\
error[fetch-answer]: `errorcode-scan` (cn) was not fetched: HOST answered 429 Too Many Requests
 |
 = note: the site was asked 3 times
 = help: try again later, or set `pause` in the table `[fetch]` of arkerr.toml
",
    );
    for status in [
        "500 Internal Server Error",
        "502 Bad Gateway",
        "408 Request Timeout",
    ] {
        let at_once = Answer::status(status).header("Retry-After", "0");
        let (run, asked) = refused(at_once, "retries = 1");
        assert_eq!(asked, 2, "{run:#?}");
        assert!(run.stderr.contains(status), "{run:#?}");
    }
}

#[test]
fn the_site_may_ask_for_more_time_than_there_is() {
    for wait in ["3600", "Fri, 01 Jan 2100 00:00:00 GMT"] {
        let busy = Answer::status("429 Too Many Requests").header("Retry-After", wait);
        let (run, asked) = refused(busy, "total = 600");
        assert_eq!(asked, 1, "{run:#?}");
        assert!(
            run.stderr.contains("it was not asked again in "),
            "{run:#?}"
        );
        assert!(
            run.stderr
                .contains("`total` of the table `[fetch]` is 600 s"),
            "{run:#?}"
        );
    }
}

#[test]
fn answers_that_would_be_the_same_again_are_not_asked_for_again() {
    for status in [
        "400 Bad Request",
        "403 Forbidden",
        "404 Not Found",
        "204 No Content",
    ] {
        let (run, asked) = refused(Answer::status(status), "");
        assert_eq!(asked, 1, "{run:#?}");
        assert!(run.stderr.contains(status), "{run:#?}");
    }
}

#[test]
fn a_site_that_wants_to_be_left_alone_is_not_asked_for_the_other_pages() {
    let server = Server::start(|_, _| Answer::status("403 Forbidden"));
    let project = project(&format!("{}connections = 1", server.settings()));
    let run = project.arkerr_reads(&["fetch", "a", "b", "c"]);
    assert_eq!((run.status, server.asked().len()), (2, 1), "{run:#?}");
    told(
        &run,
        "\
error[fetch-answer]: `a` (cn) was not fetched: HOST answered 403 Forbidden
 |
 = help: the site, or a proxy before it, refuses to be asked; save pages from a browser

error[fetch-not-asked]: 2 pages were not fetched: the site was not asked any more
 |
 = note: another request failed: HOST answered 403 Forbidden
 = note: the pages are `b` (cn), `c` (cn)
",
    );
}

#[test]
fn an_answer_that_does_not_come_or_never_ends_is_given_up() {
    let (run, _) = refused(Answer::never(), "retries = 0\ntimeout = 1");
    told(
        &run,
        "\
error[fetch-network]: `errorcode-scan` (cn) was not fetched: the answer took too long
 |
 = help: try again later, or set `timeout` in the table `[fetch]` of arkerr.toml
",
    );
    let drip = Answer::text("{".repeat(10_000)).dripping();
    let (run, _) = refused(drip, "retries = 0\ntimeout = 1");
    assert!(run.stderr.contains("the answer took too long"), "{run:#?}");
}

#[test]
fn the_time_of_all_requests_together_is_limited() {
    let server = Server::start(|_, _| Answer::never());
    let settings = "retries = 10\nconnections = 1\ntotal = 1";
    let project = project(&format!("{}{settings}", server.settings()));
    let run = project.arkerr_reads(&["fetch", "a", "b"]);
    assert_eq!((run.status, server.asked().len()), (2, 1), "{run:#?}");
    assert!(
        run.stderr
            .contains("`a` (cn) was not fetched: the answer took too long"),
        "{run:#?}"
    );
    assert!(
        run.stderr.contains(
            "error[fetch-not-asked]: `b` (cn) was not fetched: the site was not asked any more\n |\n = note: `total` of the table `[fetch]` is 1 s, and they were over"
        ),
        "{run:#?}"
    );
}

#[test]
fn no_more_pages_are_fetched_than_is_set() {
    let server = Server::start(|_, _| Answer::never());
    let project = project(&format!("{}max_pages = 2", server.settings()));
    let run = project.arkerr_reads(&["fetch", "a", "b", "c"]);
    assert_eq!((run.status, server.connections()), (2, 0));
    told(
        &run,
        "\
error[fetch-limit]: 3 pages are more than may be fetched at once
 |
 = note: `max_pages` of the table `[fetch]` is 2
 = help: name some pages, or set `max_pages` in arkerr.toml
",
    );
}

#[test]
fn an_answer_that_breaks_off_is_asked_for_again_and_never_taken() {
    let answer = Answer::page("扫码错误码", &[("401", "New")]);
    let (run, asked) = refused(answer.clone().length_off(1), "retries = 1");
    assert_eq!(asked, 2, "{run:#?}");
    told(
        &run,
        "error[fetch-network]: `errorcode-scan` (cn) was not fetched: the answer broke off\n",
    );
    // What a wrong length cuts off is no JSON any more.
    let (run, _) = refused(answer.length_off(-1), "");
    told(
        &run,
        "error[fetch-answer]: `errorcode-scan` (cn) was not fetched: the answer is no JSON\n",
    );
}

#[test]
fn an_answer_is_never_larger_than_is_set() {
    let large = format!("{{\"code\":0,\"more\":\"{}\"}}", "a".repeat(100_000));
    let (run, asked) = refused(Answer::text(large.clone()), "max_page_size = 100000");
    assert_eq!(asked, 1, "{run:#?}");
    told(
        &run,
        "\
error[fetch-answer]: `errorcode-scan` (cn) was not fetched: the answer is too large
 |
 = note: `max_page_size` of the table `[fetch]` is 100000 bytes
 = help: set `max_page_size` in arkerr.toml, if it may be so large
",
    );
    // A few bytes that unpack to many.
    let packed = include_bytes!("cases/fetch/bomb.json.gz");
    assert!(packed.len() < 1_000);
    let bomb = Answer::text(*packed).header("Content-Encoding", "gzip");
    let (run, _) = refused(bomb, "max_page_size = 100000");
    assert!(run.stderr.contains("the answer is too large"), "{run:#?}");
}

#[test]
fn what_is_not_packed_as_it_says_is_refused() {
    let answer = Answer::page("扫码错误码", &[("401", "New")]);
    let (run, _) = refused(answer.header("Content-Encoding", "gzip"), "retries = 0");
    assert!(run.stderr.contains("the answer broke off"), "{run:#?}");
}

#[test]
fn no_other_host_is_contacted() {
    let elsewhere = Server::start(|_, _| Answer::never());
    let target = format!("{}/x", elsewhere.api());
    for status in [
        "301 Moved Permanently",
        "302 Found",
        "307 Temporary Redirect",
        "308 Permanent Redirect",
    ] {
        let redirect = Answer::status(status).header("Location", &target);
        let (run, asked) = refused(redirect, "");
        assert_eq!(asked, 1, "{run:#?}");
        assert!(run.stderr.contains(" redirects\n"), "{run:#?}");
        assert!(
            run.stderr.contains(&format!("the new address is {target}")),
            "{run:#?}"
        );
    }
    assert_eq!(elsewhere.connections(), 0);
    let (run, _) = refused(Answer::status("302 Found").header("Location", "//[x"), "");
    assert!(run.stderr.contains(" redirects\n"), "{run:#?}");
    let (run, _) = refused(Answer::status("302 Found"), "");
    assert!(run.stderr.contains(" redirects\n"), "{run:#?}");
}

#[test]
fn what_is_no_answer_is_refused() {
    for (answer, expected) in [
        (
            "",
            "error[fetch-answer]: `errorcode-scan` (cn) was not fetched: the answer is empty\n",
        ),
        (
            "<html>log in</html>",
            "error[fetch-answer]: `errorcode-scan` (cn) was not fetched: the answer is HTML, no JSON\n",
        ),
        (
            "{\"code\":0,\"value\"",
            "error[fetch-answer]: `errorcode-scan` (cn) was not fetched: the answer is no JSON\n",
        ),
    ] {
        let (run, asked) = refused(Answer::text(answer), "");
        assert_eq!(asked, 1);
        told(&run, expected);
    }
}

#[test]
fn errors_of_the_site_have_diagnostics_of_their_own() {
    let (run, _) = refused(Answer::error(92_531_031, "document not found"), "");
    told(
        &run,
        "\
error[fetch-answer]: `errorcode-scan` (cn) was not fetched: the site has no such page
 |
 = note: it said 92531031 \"document not found\"
 = help: if it was renamed, give its new name as `slug` in arkerr.toml and rename its snapshot so (`arkerr fetch --discover` lists the pages that there are); if it is gone for good, delete its snapshot
",
    );
    let (run, _) = refused(Answer::error(92_511_002, "bad \u{1b}[31margument"), "");
    told(
        &run,
        "\
error[fetch-answer]: `errorcode-scan` (cn) was not fetched: the site does not understand the request
 |
 = note: it said 92511002 \"bad \\u{1b}[31margument\"
",
    );
}

#[test]
fn a_host_that_cannot_be_reached_is_told() {
    let port = TcpListener::bind("127.0.0.1:0").and_then(|listener| listener.local_addr());
    let port = port.expect("a port is free").port();
    let project = project(&format!(
        "[fetch]\napi = \"http://127.0.0.1:{port}\"\npause = 1\nretries = 1"
    ));
    let run = project.arkerr_reads(&["fetch"]);
    assert_eq!(run.status, 2);
    told(
        &run,
        "error[fetch-network]: `errorcode-scan` (cn) was not fetched: HOST cannot be reached\n",
    );
    let help = "help: see that the network can be reached, or correct `fetch.api` in arkerr.toml\n";
    assert!(run.stderr.contains(help), "{run:#?}");
}

#[test]
fn names_that_lead_elsewhere_are_not_asked_for() {
    let server = Server::start(|_, _| Answer::never());
    let project = project(&server.settings());
    let run = project.arkerr_reads(&["fetch", "../errorcode-scan", "a/b"]);
    assert_eq!((run.status, server.connections()), (2, 0), "{run:#?}");
    told(
        &run,
        "error[fetch-name]: `../errorcode-scan` (cn) was not fetched: this is no name of a page\n",
    );
}

#[test]
fn a_proxy_of_the_environment_is_asked_in_the_place_of_the_site() {
    let proxy = Server::start(|_, _| Answer::status("403 Forbidden"));
    let project = project("[fetch]\napi = \"https://portal.example/x\"\nretries = 0");
    let mut command = project.command(&["fetch"]);
    let output = command.env("HTTPS_PROXY", proxy.origin()).output();
    let run = Run::of(&output.expect("arkerr can be started"));
    assert!(
        run.stderr.contains("portal.example cannot be reached"),
        "{run:#?}"
    );
    let asked = proxy.asked();
    assert!(
        asked[0].head.starts_with("connect portal.example:443 "),
        "{asked:?}"
    );
}
