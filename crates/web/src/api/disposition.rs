//! The name of a file in `Content-Disposition` (RFC 6266, RFC 8187).

use crate::problem::{Fault, Place};
use axum::http::HeaderMap;
use axum::http::header::CONTENT_DISPOSITION;

/// The name that the header gives, `filename*` before `filename`; none without the header.
///
/// # Errors
/// It is there, and gives no name that can be read.
pub(super) fn name(headers: &HeaderMap) -> Result<Option<String>, Fault> {
    let Some(header) = headers.get(CONTENT_DISPOSITION) else { return Ok(None) };
    let name = std::str::from_utf8(header.as_bytes()).ok().and_then(read);
    name.map(Some).ok_or_else(|| {
        let detail =
            "`attachment; filename*=UTF-8''…` or `attachment; filename=\"…\"` was expected";
        Fault::one(Place::header("Content-Disposition"), detail)
    })
}

fn read(header: &str) -> Option<String> {
    let mut plain = None;
    for part in parts(header).iter().skip(1) {
        let (name, value) = part.split_once('=')?;
        match name.trim().to_ascii_lowercase().as_str() {
            "filename*" => return extended(value.trim()),
            "filename" => plain = Some(unquoted(value.trim())),
            _ => {}
        }
    }
    plain.filter(|name| !name.is_empty())
}

/// What stands between semicolons that are not quoted.
fn parts(header: &str) -> Vec<String> {
    let (mut parts, mut part) = (Vec::new(), String::new());
    let (mut is_quoted, mut is_escaped) = (false, false);
    for c in header.chars() {
        match c {
            ';' if !is_quoted => {
                parts.push(std::mem::take(&mut part));
                continue;
            }
            _ if is_escaped => is_escaped = false,
            '\\' if is_quoted => is_escaped = true,
            '"' => is_quoted = !is_quoted,
            _ => {}
        }
        part.push(c);
    }
    parts.push(part);
    parts
}

fn unquoted(value: &str) -> String {
    let inner = value.strip_prefix('"').and_then(|rest| rest.strip_suffix('"'));
    let Some(inner) = inner else { return value.to_owned() };
    let (mut text, mut is_escaped) = (String::new(), false);
    for c in inner.chars() {
        if c == '\\' && !is_escaped {
            is_escaped = true;
        } else {
            is_escaped = false;
            text.push(c);
        }
    }
    text
}

/// `UTF-8'language'percent-encoded`.
fn extended(value: &str) -> Option<String> {
    let (charset, rest) = value.split_once('\'')?;
    let (_, encoded) = rest.split_once('\'')?;
    if !charset.eq_ignore_ascii_case("utf-8") || encoded.is_empty() {
        return None;
    }
    let mut bytes = Vec::new();
    let mut left = encoded.as_bytes();
    while let Some((first, rest)) = left.split_first() {
        if *first == b'%' {
            let (digits, rest) = rest.split_at_checked(2)?;
            bytes.extend(hex::decode(digits).ok()?);
            left = rest;
        } else {
            bytes.push(*first);
            left = rest;
        }
    }
    String::from_utf8(bytes).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_read_as_the_rfcs_write_them() {
        let table = [
            ("attachment; filename*=UTF-8''%C3%96l%20list.pdf", Some("Öl list.pdf")),
            ("attachment; filename=\"a.txt\"; filename*=utf-8'de'%C3%96.txt", Some("Ö.txt")),
            ("attachment; filename=\"a; b \\\"c\\\".txt\"", Some("a; b \"c\".txt")),
            ("attachment; filename=plain.csv", Some("plain.csv")),
            ("attachment; filename*=UTF-8''%C3%", None),
            ("attachment; filename*=UTF-8''%ff", None),
            ("attachment; filename*=ISO-8859-1''%d6.txt", None),
            ("attachment; filename=\"\"", None),
            ("attachment", None),
        ];
        for (header, name) in table {
            assert_eq!(read(header).as_deref(), name, "{header}");
        }
    }
}
