//! Fetching by TLS.

use std::sync::Arc;

use crate::common::Run;
use crate::common::server::{Answer, Server, project};

/// A site that answers with TLS, and the certificate that it made for itself.
fn site() -> (Server, String) {
    let names = vec!["127.0.0.1".to_owned(), "localhost".to_owned()];
    let own = rcgen::generate_simple_self_signed(names).expect("a certificate can be made");
    let key = rustls::pki_types::PrivateKeyDer::try_from(own.signing_key.serialize_der());
    let provider = Arc::new(rustls::crypto::ring::default_provider());
    let config = rustls::ServerConfig::builder_with_provider(provider)
        .with_safe_default_protocol_versions()
        .expect("there are versions")
        .with_no_client_auth()
        .with_single_cert(vec![own.cert.der().clone()], key.expect("this is a key"))
        .expect("the key is that of the certificate");
    let config = Arc::new(config);
    let answer = |_: &_, _| Answer::error(92_531_031, "document not found");
    let server = Server::run("https", answer, move |stream| {
        let connection = rustls::ServerConnection::new(Arc::clone(&config)).ok()?;
        Some(Box::new(rustls::StreamOwned::new(connection, stream)))
    });
    (server, own.cert.pem())
}

#[test]
fn a_certificate_has_to_be_trusted() {
    let (server, certificate) = site();
    let project = project(&server.settings());
    let run = project.arkerr_reads(&["fetch"]);
    assert_eq!((run.status, server.asked().len()), (2, 0), "{run:#?}");
    assert!(run.stderr.starts_with("error[fetch-network]"), "{run:#?}");
    assert!(run.stderr.contains("is not trusted"), "{run:#?}");
    // Who trusts it gets an answer.
    project.write("certificate.pem", certificate);
    let mut command = project.command(&["fetch"]);
    let output = command
        .env("SSL_CERT_FILE", project.path("certificate.pem"))
        .output();
    let run = Run::of(&output.expect("arkerr can be started"));
    assert!(run.stderr.contains("fetch-answer"), "{run:#?}");
}
