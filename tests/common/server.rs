//! A server on this machine that answers as a test wants, well or badly.

use std::collections::BTreeMap;
use std::io::{BufRead, BufReader, Read, Write};
use std::net::{SocketAddr, TcpListener, TcpStream};
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};
use std::thread;
use std::time::Duration;

use serde_json::{Value, json};

use super::Project;

/// A request that came.
#[derive(Debug, Clone)]
pub struct Asked {
    /// `getDocumentById`, or what else the path ends in.
    pub method: String,
    /// The lines before the body, in small letters.
    pub head: String,
    pub body: Value,
}

impl Asked {
    /// The page that is asked for.
    pub fn id(&self) -> &str {
        self.body["objectId"].as_str().unwrap_or_default()
    }
}

/// What is sent back.
#[derive(Debug, Clone)]
pub struct Answer {
    status: String,
    headers: Vec<(String, String)>,
    body: Vec<u8>,
    manner: Manner,
}

/// How an answer is sent.
#[derive(Debug, Clone, Copy, PartialEq)]
enum Manner {
    AtOnce,
    /// Never: the connection stays open until the client goes away.
    Never,
    /// Some bytes at a time, for as long as the client stays.
    Dripping,
    /// With a length of so many bytes more or fewer than the body has.
    LengthOff(isize),
}

impl Answer {
    pub fn text(body: impl Into<Vec<u8>>) -> Self {
        Self {
            status: "200 OK".to_owned(),
            headers: Vec::new(),
            body: body.into(),
            manner: Manner::AtOnce,
        }
    }

    pub fn json(body: &Value) -> Self {
        Self::text(body.to_string()).header("Content-Type", "application/json")
    }

    /// A page with some codes, as the document API gives it.
    pub fn page(title: &str, codes: &[(&str, &str)]) -> Self {
        Self::json(&page(title, codes))
    }

    /// The report of an error.
    pub fn error(code: u32, message: &str) -> Self {
        Self::json(&json!({"code": code, "message": message}))
    }

    pub fn status(status: &str) -> Self {
        Self {
            status: status.to_owned(),
            ..Self::text("no")
        }
    }

    pub fn never() -> Self {
        Self {
            manner: Manner::Never,
            ..Self::text("")
        }
    }

    pub fn header(mut self, name: &str, value: &str) -> Self {
        self.headers.push((name.to_owned(), value.to_owned()));
        self
    }

    pub fn dripping(mut self) -> Self {
        self.manner = Manner::Dripping;
        self
    }

    pub fn length_off(mut self, by: isize) -> Self {
        self.manner = Manner::LengthOff(by);
        self
    }

    fn send(&self, stream: &mut (impl Read + Write)) -> std::io::Result<()> {
        let length = match self.manner {
            Manner::LengthOff(by) => self.body.len().saturating_add_signed(by),
            _ => self.body.len(),
        };
        let mut head = format!("HTTP/1.1 {}\r\nContent-Length: {length}\r\n", self.status);
        for (name, value) in &self.headers {
            head.push_str(&format!("{name}: {value}\r\n"));
        }
        head.push_str("Connection: close\r\n\r\n");
        match self.manner {
            Manner::AtOnce | Manner::LengthOff(_) => {
                stream.write_all(head.as_bytes())?;
                stream.write_all(&self.body)?;
                stream.flush()
            }
            Manner::Never => stream.read(&mut [0]).map(|_| ()),
            Manner::Dripping => {
                stream.write_all(head.as_bytes())?;
                for byte in &self.body {
                    stream.write_all(&[*byte])?;
                    stream.flush()?;
                    thread::sleep(Duration::from_millis(50));
                }
                Ok(())
            }
        }
    }
}

/// What the document API answers for a page.
pub fn page(title: &str, codes: &[(&str, &str)]) -> Value {
    let sections = codes.iter().map(|(code, message)| {
        format!(
            "<div class=\"section\"><h4>{code} {message}</h4><p><strong>错误信息</strong></p>\
             <p>{message}.</p><p><strong>错误描述</strong></p><p>它坏了。</p>\
             <p><strong>可能原因</strong></p><p>它坏了。</p>\
             <p><strong>处理步骤</strong></p><p>再试一次。</p></div>"
        )
    });
    let html = format!(
        "<html><head></head><body><h1>{title}</h1><div>{}</div></body></html>",
        sections.collect::<String>()
    );
    json!({"code": 0, "message": "success", "value": {"title": title, "content": {"type": "html", "content": html}}})
}

/// The snapshot of [`project`].
const SAVED: &str = "docs-snapshot/errorcode-scan.json";

/// A project with one snapshot, whose settings lead to a server.
pub fn project(settings: &str) -> Project {
    let project = Project::empty();
    project.write(SAVED, page("扫码错误码", &[("401", "Old")]).to_string());
    project.write("arkerr.toml", settings);
    project
}

/// The server; it ends with the test.
pub struct Server {
    address: SocketAddr,
    scheme: &'static str,
    asked: Arc<Mutex<Vec<Asked>>>,
    connections: Arc<AtomicUsize>,
    is_over: Arc<AtomicBool>,
}

impl Server {
    /// A server that gives answers; what it is asked, and how often it was asked the same before,
    /// is told.
    pub fn start(answer: impl Fn(&Asked, usize) -> Answer + Send + Sync + 'static) -> Self {
        Self::run("http", answer, |stream| Some(Box::new(stream)))
    }

    /// A server whose connections are wrapped, as TLS does it.
    pub fn run(
        scheme: &'static str,
        answer: impl Fn(&Asked, usize) -> Answer + Send + Sync + 'static,
        wrap: impl Fn(TcpStream) -> Option<Box<dyn Stream>> + Send + Sync + 'static,
    ) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").expect("a port is free");
        let server = Self {
            address: listener.local_addr().expect("it has an address"),
            scheme,
            asked: Arc::default(),
            connections: Arc::default(),
            is_over: Arc::default(),
        };
        let asked = Arc::clone(&server.asked);
        let connections = Arc::clone(&server.connections);
        let is_over = Arc::clone(&server.is_over);
        let (answer, wrap) = (Arc::new(answer), Arc::new(wrap));
        thread::spawn(move || {
            for stream in listener.incoming() {
                if is_over.load(Ordering::SeqCst) {
                    break;
                }
                connections.fetch_add(1, Ordering::SeqCst);
                let (asked, answer) = (Arc::clone(&asked), Arc::clone(&answer));
                let wrap = Arc::clone(&wrap);
                thread::spawn(move || {
                    let stream = stream.ok().and_then(|stream| wrap(stream));
                    let _ = stream.map(|mut stream| serve(&mut *stream, &asked, &*answer));
                });
            }
        });
        server
    }

    /// The address of the document API.
    pub fn api(&self) -> String {
        format!("{}/documentPortal", self.origin())
    }

    /// The address of the server.
    pub fn origin(&self) -> String {
        format!("{}://{}", self.scheme, self.address)
    }

    /// The lines of `arkerr.toml` that lead to the server, without any pause worth the name.
    pub fn settings(&self) -> String {
        format!("[fetch]\napi = \"{}\"\npause = 1\n", self.api())
    }

    /// What was asked so far, in the order in which it came.
    pub fn asked(&self) -> Vec<Asked> {
        self.asked.lock().expect("no test has failed").clone()
    }

    /// How many connections were made.
    pub fn connections(&self) -> usize {
        self.connections.load(Ordering::SeqCst)
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        self.is_over.store(true, Ordering::SeqCst);
        let _ = TcpStream::connect(self.address);
    }
}

/// The documentation site, whose pages change between runs. A page that it does not have is not
/// found.
pub struct Site {
    pub server: Server,
    pages: Arc<Mutex<BTreeMap<String, Answer>>>,
}

impl Site {
    pub fn new() -> Self {
        let pages = Arc::new(Mutex::new(BTreeMap::<String, Answer>::new()));
        let known = Arc::clone(&pages);
        let server = Server::start(move |asked, _| {
            let known = known.lock().expect("no test has failed");
            let page = known.get(asked.id()).cloned();
            page.unwrap_or_else(|| Answer::error(92_531_031, "document not found"))
        });
        Self { server, pages }
    }

    /// Has a page with these codes from now on.
    pub fn has(&self, id: &str, title: &str, codes: &[(&str, &str)]) {
        let mut pages = self.pages.lock().expect("no test has failed");
        pages.insert(id.to_owned(), Answer::page(title, codes));
    }

    /// Has a page no more.
    pub fn loses(&self, id: &str) {
        self.pages.lock().expect("no test has failed").remove(id);
    }
}

pub trait Stream: Read + Write {}

impl<S: Read + Write> Stream for S {}

/// Reads a request and answers it.
fn serve(
    mut stream: &mut dyn Stream,
    all: &Mutex<Vec<Asked>>,
    answer: &dyn Fn(&Asked, usize) -> Answer,
) -> std::io::Result<()> {
    let mut reader = BufReader::new(&mut stream);
    let mut head = String::new();
    while !head.ends_with("\r\n\r\n") {
        if reader.read_line(&mut head)? == 0 {
            return Ok(());
        }
    }
    let length = head.lines().find_map(|line| {
        let (name, value) = line.split_once(':')?;
        let is_length = name.eq_ignore_ascii_case("content-length");
        value.trim().parse().ok().filter(|_| is_length)
    });
    let mut body = vec![0; length.unwrap_or(0)];
    reader.read_exact(&mut body)?;
    let path = head.split(' ').nth(1).unwrap_or_default();
    let asked = Asked {
        method: path.rsplit('/').next().unwrap_or_default().to_owned(),
        body: serde_json::from_slice(&body).unwrap_or_default(),
        head: head.to_lowercase(),
    };
    let before = {
        let mut all = all.lock().expect("no test has failed");
        let is_same = |one: &&Asked| one.method == asked.method && one.body == asked.body;
        let before = all.iter().filter(is_same).count();
        all.push(asked.clone());
        before
    };
    answer(&asked, before).send(&mut stream)
}
