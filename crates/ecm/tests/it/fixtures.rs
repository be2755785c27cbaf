//! A folder to work in, the binary as a process that can be waited for, a plain HTTP client and a
//! mail server that keeps what it is sent.

use serde_json::Value;
use std::fmt::Write as _;
use std::io::{BufRead as _, BufReader, Read, Write as _};
use std::net::{SocketAddr, TcpListener, TcpStream};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::mpsc::{Receiver, Sender, channel};
use std::time::{Duration, Instant};

/// The longest that anything is waited for.
pub(crate) const LIMIT: Duration = Duration::from_secs(35);

/// What a command that has ended left.
#[derive(Debug)]
pub(crate) struct Ended {
    pub(crate) code: Option<i32>,
    pub(crate) out: String,
    pub(crate) complaints: String,
}

/// A folder in which commands are run.
pub(crate) struct Place {
    dir: tempfile::TempDir,
}

impl Place {
    pub(crate) fn new() -> Place {
        Place { dir: tempfile::tempdir().unwrap() }
    }

    pub(crate) fn path(&self, name: &str) -> PathBuf {
        self.dir.path().join(name)
    }

    pub(crate) fn write(&self, name: &str, text: &str) {
        std::fs::write(self.path(name), text).unwrap();
    }

    fn command(&self, args: &str) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_ecm"));
        command.args(args.split_whitespace()).current_dir(self.dir.path()).env_remove("RUST_LOG");
        command
    }

    /// Runs `ecm` with these arguments to its end.
    pub(crate) fn ecm(&self, args: &str) -> Ended {
        let output = self.command(args).output().unwrap();
        Ended {
            code: output.status.code(),
            out: String::from_utf8(output.stdout).unwrap(),
            complaints: String::from_utf8(output.stderr).unwrap(),
        }
    }

    /// The same, which must be done; gives what it printed.
    pub(crate) fn done(&self, args: &str) -> String {
        let ended = self.ecm(args);
        assert_eq!(ended.code, Some(0), "ecm {args}: {ended:?}");
        ended.out
    }

    /// Starts `ecm serve` and waits until it is ready.
    pub(crate) fn serve(&self) -> Node {
        let mut child = self.command("serve").stderr(Stdio::piped()).spawn().unwrap();
        let lines = lines_of(child.stderr.take().unwrap());
        let mut node = Node { child, lines, address: ([127, 0, 0, 1], 0).into() };
        let ready = node.line_with("\"ready\"");
        let ready: Value = serde_json::from_str(&ready).unwrap();
        node.address = ready["fields"]["listen"].as_str().unwrap().parse().unwrap();
        node
    }

    /// Starts `ecm demo` on a free port and waits until it is ready; gives its accounts too.
    pub(crate) fn demo(&self, args: &str) -> (Node, Value) {
        let args = format!("demo --json --port 0 --at 2026-11-24T09:42:00Z {args}");
        let mut child = self.command(&args).stdout(Stdio::piped()).spawn().unwrap();
        let lines = lines_of(child.stdout.take().unwrap());
        let mut node = Node { child, lines, address: ([127, 0, 0, 1], 0).into() };
        let ready: Value = serde_json::from_str(&node.line_with("accounts")).unwrap();
        let url = ready["url"].as_str().unwrap().trim_start_matches("http://");
        node.address = url.parse().unwrap();
        (node, ready)
    }
}

/// The lines of a stream as they come; the channel closes with the stream.
fn lines_of(stream: impl Read + Send + 'static) -> Receiver<String> {
    let (sender, receiver) = channel();
    std::thread::spawn(move || {
        for line in BufReader::new(stream).lines().map_while(Result::ok) {
            if sender.send(line).is_err() {
                return;
            }
        }
    });
    receiver
}

/// A node that runs; it is ended with the test at the latest.
pub(crate) struct Node {
    child: Child,
    lines: Receiver<String>,
    address: SocketAddr,
}

impl Node {
    fn line_with(&self, word: &str) -> String {
        wait_for(&self.lines, |line| line.contains(word))
    }

    /// Ends it as a service manager does, and gives its exit code.
    pub(crate) fn terminate(mut self) -> Option<i32> {
        let kill = format!("kill -TERM {}", self.child.id());
        assert!(Command::new("sh").args(["-c", &kill]).status().unwrap().success());
        // Its stream closes when it has ended.
        let end = Instant::now() + LIMIT;
        while let Ok(line) = self.lines.recv_timeout(end - Instant::now()) {
            assert!(!line.contains("\"ERROR\""), "{line}");
        }
        self.child.wait().unwrap().code()
    }

    /// Asks for `path` with these headers and body.
    pub(crate) fn ask(&self, method: &str, path: &str, headers: &[&str], body: &str) -> Answer {
        let mut stream = TcpStream::connect(self.address).unwrap();
        stream.set_read_timeout(Some(LIMIT)).unwrap();
        // HTTP/1.0: the answer comes as it is, and ends with the connection.
        let mut request = format!("{method} {path} HTTP/1.0\r\nHost: {}\r\n", self.address);
        for header in headers {
            write!(request, "{header}\r\n").unwrap();
        }
        write!(request, "Content-Length: {}\r\n\r\n{body}", body.len()).unwrap();
        stream.write_all(request.as_bytes()).unwrap();
        let mut answer = String::new();
        stream.read_to_string(&mut answer).unwrap();
        let (head, body) = answer.split_once("\r\n\r\n").unwrap();
        let status = head.split_whitespace().nth(1).unwrap().parse().unwrap();
        Answer { status, head: head.to_owned(), body: body.to_owned() }
    }

    /// Calls the API with a token; gives the JSON of an answer of 200 or 201.
    pub(crate) fn api(&self, token: &str, method: &str, path: &str, body: &Value) -> Value {
        let bearer = format!("Authorization: Bearer {token}");
        let headers = [bearer.as_str(), "Content-Type: application/json"];
        let body = if method == "GET" { String::new() } else { body.to_string() };
        let answer = self.ask(method, &format!("/api/v1{path}"), &headers, &body);
        assert!(matches!(answer.status, 200 | 201), "{method} {path}: {answer:?}");
        serde_json::from_str(&answer.body).unwrap()
    }

    /// The references that the holder of a token finds in the list.
    pub(crate) fn references(&self, token: &str) -> Vec<String> {
        let list = self.api(token, "GET", "/dossiers?limit=100", &Value::Null);
        let rows = list["dossiers"].as_array().unwrap_or_else(|| panic!("{list}"));
        rows.iter().map(|row| row["reference"].as_str().unwrap().to_owned()).collect()
    }
}

impl Drop for Node {
    fn drop(&mut self) {
        self.child.kill().ok();
        self.child.wait().ok();
    }
}

/// What a node answers.
#[derive(Debug)]
pub(crate) struct Answer {
    pub(crate) status: u16,
    pub(crate) head: String,
    pub(crate) body: String,
}

/// A browser as far as signing in needs one: it keeps cookies and sends forms back.
pub(crate) struct Browser<'a> {
    node: &'a Node,
    cookies: std::collections::BTreeMap<String, String>,
}

impl<'a> Browser<'a> {
    pub(crate) fn new(node: &'a Node) -> Browser<'a> {
        Browser { node, cookies: std::collections::BTreeMap::new() }
    }

    pub(crate) fn get(&mut self, path: &str) -> Answer {
        self.ask("GET", path, "")
    }

    /// Opens the page at `path` and sends its form with these fields to `action`.
    pub(crate) fn fill(&mut self, path: &str, action: &str, fields: &str) -> Answer {
        let page = self.get(path);
        let (_, rest) = page.body.split_once("name=\"csrf\" value=\"").unwrap();
        let (csrf, _) = rest.split_once('"').unwrap();
        self.ask("POST", action, &format!("csrf={csrf}&{fields}"))
    }

    fn ask(&mut self, method: &str, path: &str, body: &str) -> Answer {
        let pairs: Vec<String> =
            self.cookies.iter().map(|(name, value)| format!("{name}={value}")).collect();
        let cookies = format!("Cookie: {}", pairs.join("; "));
        let headers = [cookies.as_str(), "Content-Type: application/x-www-form-urlencoded"];
        let answer = self.node.ask(method, path, &headers, body);
        for line in answer.head.lines() {
            let Some((_, cookie)) = line.split_once("set-cookie: ") else { continue };
            let (pair, _) = cookie.split_once(';').unwrap();
            let (name, value) = pair.split_once('=').unwrap();
            self.cookies.insert(name.to_owned(), value.to_owned());
        }
        answer
    }
}

/// The first that `fits` of what comes, waited for with a limit.
pub(crate) fn wait_for<T: std::fmt::Debug>(
    coming: &Receiver<T>,
    mut fits: impl FnMut(&T) -> bool,
) -> T {
    let end = Instant::now() + LIMIT;
    loop {
        let left = end.saturating_duration_since(Instant::now());
        match coming.recv_timeout(left) {
            Ok(one) if fits(&one) => return one,
            Ok(_) => {}
            Err(error) => panic!("what was waited for did not come: {error}"),
        }
    }
}

/// A mail as the server got it: whom it is for, and all of its text with headers.
#[derive(Debug)]
pub(crate) struct Got {
    pub(crate) to: String,
    pub(crate) text: String,
}

/// Breaks the first connection off and is down from then on; tells when.
pub(crate) fn refuse_once(listener: TcpListener) -> Receiver<()> {
    let (sender, receiver) = channel();
    std::thread::spawn(move || {
        drop(listener.accept());
        drop(listener);
        sender.send(()).ok();
    });
    receiver
}

/// Takes mails that come to `listener`, each connection in a thread of its own.
pub(crate) fn take_mails(listener: TcpListener) -> Receiver<Got> {
    let (sender, receiver) = channel();
    std::thread::spawn(move || {
        for stream in listener.incoming().map_while(Result::ok) {
            let sender = sender.clone();
            std::thread::spawn(move || take(&stream, &sender).ok());
        }
    });
    receiver
}

fn take(mut stream: &TcpStream, sender: &Sender<Got>) -> std::io::Result<()> {
    let mut lines = BufReader::new(stream).lines();
    let mut to = String::new();
    stream.write_all(b"220 sink\r\n")?;
    while let Some(line) = lines.next().transpose()? {
        let verb = line.split([' ', ':']).next().unwrap_or_default().to_uppercase();
        match verb.as_str() {
            "RCPT" => line.clone_into(&mut to),
            "DATA" => {
                stream.write_all(b"354 go on\r\n")?;
                let mut text = String::new();
                while let Some(line) = lines.next().transpose()?.filter(|line| line != ".") {
                    text.push_str(&line);
                    text.push('\n');
                }
                sender.send(Got { to: std::mem::take(&mut to), text }).ok();
            }
            "QUIT" => return stream.write_all(b"221 bye\r\n"),
            _ => {}
        }
        stream.write_all(b"250 sink\r\n")?;
    }
    Ok(())
}

/// A whole stop for Germany's licensing authority, sent at once, with a planted word in each place
/// that a person fills.
pub(crate) fn stop() -> Value {
    serde_json::json!({
        "kind": "stop",
        "to": ["DE-LICENSING"],
        "form": {
            "grounds": ["21(3)(a)(i)"],
            "items": [{
                "description": "planted transducers",
                "cn8": "90262020",
                "exporter": {"name": "planted exporter", "country": "DE"},
                "consignee": {"name": "planted consignee", "country": "KZ"},
                "net_mass": 18.6,
            }],
            "office": "NL000510",
            "place": "planted quay",
            "suspended_at": "2026-11-24T08:30:00Z",
            "questions": "planted question?",
        },
        "handling": {"code": "H1", "source": "B", "information": "2"},
        "purpose": "planted purpose",
        "legal_basis": "2021/821 Art. 21",
        "send": true,
    })
}

/// The token of an account of the demonstration.
pub(crate) fn token(ready: &Value, user: &str) -> String {
    let accounts = ready["accounts"].as_array().unwrap();
    let account = accounts.iter().find(|account| account["user"] == user).unwrap();
    account["token"].as_str().unwrap().to_owned()
}

/// Copies a folder with all that is in it.
pub(crate) fn copy(from: &Path, to: &Path) {
    std::fs::create_dir_all(to).unwrap();
    for entry in std::fs::read_dir(from).unwrap().map(Result::unwrap) {
        let target = to.join(entry.file_name());
        if entry.file_type().unwrap().is_dir() {
            copy(&entry.path(), &target);
        } else {
            std::fs::copy(entry.path(), target).unwrap();
        }
    }
}
