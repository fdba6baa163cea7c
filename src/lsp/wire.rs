//! Messages over a pair of streams: JSON-RPC with a header, as the Language Server Protocol has it. What cannot be read is passed over,
//! and reading goes on at the next header. A message over a limit is never kept.

use std::io::{self, BufRead, Read, Write};

use serde::Deserialize;
use serde_json::{Value, json};

/// A message over this many bytes is passed over. The largest manifest, every character escaped, has a tenth of it.
const MOST_BYTES: u64 = 64 << 20;

/// A line of a header is cut off after this many bytes.
const MOST_OF_A_LINE: u64 = 4_096;

const LENGTH: &str = "content-length:";

/// What a client sends: a request has an id and a method, a notification no id, an answer no method.
#[derive(Debug, Deserialize)]
pub struct Incoming {
    /// A number or a text; nothing in a notification.
    pub id: Option<Value>,
    /// What is asked for; nothing in an answer.
    pub method: Option<String>,
    /// With what.
    #[serde(default)]
    pub params: Value,
}

/// Error codes of JSON-RPC and of the protocol.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Code {
    /// No message.
    Parse = -32700,
    /// Not now.
    InvalidRequest = -32600,
    /// No such method.
    MethodNotFound = -32601,
    /// The method takes other parameters.
    InvalidParams = -32602,
    /// A bug.
    Internal = -32603,
    /// The first request has to be `initialize`.
    NotInitialized = -32002,
    /// It cannot be done; the message says why.
    Failed = -32803,
}

/// Why a request has no result: the kind, and what is wrong, for people; never words of the client's.
#[derive(Debug)]
pub struct Refusal(pub Code, pub &'static str);

/// The next message; `Ok(None)` where the client closed the stream. What is no message is `Some(None)`.
///
/// # Errors
/// What the stream fails with.
pub fn read(input: &mut impl BufRead) -> io::Result<Option<Option<Incoming>>> {
    let Some(length) = header(input)? else {
        return Ok(None);
    };
    let mut message = input.take(length);
    if length > MOST_BYTES {
        io::copy(&mut message, &mut io::sink())?;
        return Ok(Some(None));
    }
    // Not as much as the header says, but as much as comes.
    let mut bytes = Vec::new();
    message.read_to_end(&mut bytes)?;
    if (bytes.len() as u64) < length {
        return Ok(None);
    }
    Ok(Some(serde_json::from_slice(&bytes).ok()))
}

/// Reads a header, whatever stands before it, and gives the length that it says; nothing at the end of the stream.
fn header(input: &mut impl BufRead) -> io::Result<Option<u64>> {
    let mut length = None;
    let mut line = Vec::new();
    loop {
        line.clear();
        if input.take(MOST_OF_A_LINE).read_until(b'\n', &mut line)? == 0 {
            return Ok(None);
        }
        let text = String::from_utf8_lossy(&line).to_ascii_lowercase();
        let text = text.trim_end_matches(['\r', '\n']);
        match (text.rfind(LENGTH), length) {
            (Some(at), _) => {
                let number = text.get(at + LENGTH.len()..).unwrap_or_default();
                length = number.trim().parse().ok();
            }
            (None, Some(_)) if text.is_empty() && line.ends_with(b"\n") => return Ok(length),
            (None, _) => {}
        }
    }
}

/// Sends a message.
///
/// # Errors
/// What the stream fails with.
pub fn write(output: &mut impl Write, message: &Value) -> io::Result<()> {
    let text = message.to_string();
    write!(output, "Content-Length: {}\r\n\r\n{text}", text.len())?;
    output.flush()
}

/// An answer to a request.
pub fn answer(id: &Value, result: Result<Value, Refusal>) -> Value {
    match result {
        Ok(result) => json!({"jsonrpc": "2.0", "id": id, "result": result}),
        Err(Refusal(code, message)) => {
            let error = json!({"code": code as i32, "message": message});
            json!({"jsonrpc": "2.0", "id": id, "error": error})
        }
    }
}

/// A notification.
pub fn notification(method: &str, params: Value) -> Value {
    json!({"jsonrpc": "2.0", "method": method, "params": params})
}

/// A request of the server's; its answer says nothing that is needed.
pub fn request(id: u64, method: &str, params: Value) -> Value {
    json!({"jsonrpc": "2.0", "id": format!("campaign-ims-{id}"), "method": method, "params": params})
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The methods of what is read, `!` for what is no message.
    fn methods(bytes: &[u8]) -> Vec<String> {
        let mut input = io::BufReader::with_capacity(16, bytes);
        let mut found = Vec::new();
        while let Some(read) = read(&mut input).unwrap() {
            found.push(read.map_or("!".to_owned(), |it| it.method.unwrap_or_default()));
        }
        found
    }

    fn framed(text: &str) -> String {
        format!("Content-Length: {}\r\n\r\n{text}", text.len())
    }

    #[test]
    fn what_is_no_message_is_passed_over() {
        let good = framed(r#"{"jsonrpc":"2.0","method":"a"}"#);
        let type_first = good.replace("Content", "Content-Type: x; charset=utf-8\r\ncontent");
        let too_short = good.replace("30", "3");
        let too_long = good.replace("30", "33");
        let huge = "Content-Length: 99999999999999999999\r\n\r\n";
        for (bytes, expected) in [
            (good.clone(), "a"),
            (good.clone() + &good, "a a"),
            (type_first, "a"),
            (too_short + &good, "! a"),
            (too_long + &good + &good, "! a"),
            (framed("[1]") + &framed("\u{1F600}{") + &good, "! ! a"),
            (huge.to_owned() + &good, "a"),
            (format!("\r\n{}\n{good}", "x".repeat(9_000)), "a"),
            (good[..good.len() - 1].to_owned(), ""),
            ("Content-Length: 3".to_owned(), ""),
            (framed(&"[".repeat(100_000)) + &good, "! a"),
        ] {
            assert_eq!(methods(bytes.as_bytes()).join(" "), expected, "{bytes:.99}");
        }
    }

    #[test]
    fn a_message_over_the_limit_costs_no_memory() {
        let header = format!("Content-Length: {}\r\n\r\n", MOST_BYTES + 1);
        let good = framed(r#"{"method":"a"}"#);
        let body = io::repeat(b'x').take(MOST_BYTES + 1);
        let stream = header.as_bytes().chain(body).chain(good.as_bytes());
        let mut input = io::BufReader::new(stream);
        assert!(read(&mut input).unwrap().unwrap().is_none());
        assert!(read(&mut input).unwrap().unwrap().is_some());
        assert!(read(&mut input).unwrap().is_none());
    }
}
