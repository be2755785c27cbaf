//! What a file is, by its content; its name adds only suspicion.
//!
//! Programs, scripts and documents with macros are not taken. What a browser would run (HTML, SVG,
//! XML, PostScript) is kept, but as bytes to download and nothing else. A file is looked at while
//! it streams by: its first 8 KiB tell the type, and of archives and compound documents every byte
//! is searched for the parts that carry macros.

use super::name::extension;

/// The type of what is unknown, and of what a browser would run.
pub const BYTES: &str = "application/octet-stream";

/// So many bytes at the beginning tell the type.
const HEAD: usize = 8 * 1024;

/// Why a file is not taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Unwanted {
    /// A program or a script.
    Executable,
    /// A document that carries macros.
    Macros,
}

/// Extensions of what an operating system runs when it is opened, whatever the content.
const EXECUTABLE: &[&str] = &[
    "app", "appx", "bat", "chm", "cmd", "com", "cpl", "dll", "exe", "gadget", "hta", "inf", "ins",
    "iso", "jar", "js", "jse", "jnlp", "lnk", "msc", "msi", "msix", "msp", "mst", "pif", "ps1",
    "psm1", "py", "reg", "scf", "scr", "sct", "sh", "sys", "url", "vb", "vbe", "vbs", "wsc", "wsf",
    "wsh", "xll",
];

/// Extensions of documents that are made to carry macros.
const MACROS: &[&str] = &[
    "docm", "dotm", "ppam", "potm", "ppsm", "pptm", "sldm", "xla", "xlam", "xlm", "xlsb", "xlsm",
    "xltm",
];

/// Extensions of text that a browser would run.
const ACTIVE: &[&str] = &[
    "eps", "htm", "html", "mht", "mhtml", "mjs", "ps", "shtml", "svg", "svgz", "xht", "xhtml",
    "xml", "xsl", "xslt",
];

/// Types that `infer` tells of programs.
const PROGRAMS: &[&str] = &[
    "application/wasm",
    "application/vnd.microsoft.portable-executable",
    "application/java",
    "application/x-mach-binary",
    "application/vnd.android.dex",
    "application/vnd.android.dey",
    "application/vnd.debian.binary-package",
    "application/x-google-chrome-extension",
    "application/x-rpm",
];

/// What text begins with, or has in it, when a browser would run it.
const ACTIVE_MARKS: &[&str] = &[
    "<?xml",
    "<!doctype",
    "<html",
    "<head",
    "<body",
    "<svg",
    "<script",
    "<iframe",
    "<object",
    "<embed",
    "<math",
    "<style",
    "<!--",
    "%!ps",
];

/// Names of parts that carry macros, in ZIP archives (OOXML, ODF), in lower case.
const ZIP_MACROS: &[&[u8]] =
    &[b"vbaproject.bin", b"vbadata.xml", b"basic/script-lc.xml", b"xl/macrosheets/"];
/// The same in compound documents (`.doc`, `.xls`), whose names are UTF-16.
const OLE_MACROS: &[&[u8]] = &[b"_\0v\0b\0a\0_\0p\0r\0o\0j\0e\0c\0t\0"];
/// The longest of these names; so much of what went by is kept to find one that was cut in two.
const MARK_MAX: usize = 32;

/// Looks at a file while it streams by.
#[derive(Clone, Debug)]
pub struct Probe {
    head: Vec<u8>,
    tail: Vec<u8>,
}

impl Probe {
    /// A probe for a file of this name.
    ///
    /// # Errors
    /// Its name says that it is a program, or made to carry macros.
    pub fn of_name(name: &str) -> Result<Probe, Unwanted> {
        let extension = extension(name);
        if EXECUTABLE.contains(&extension.as_str()) {
            return Err(Unwanted::Executable);
        }
        if MACROS.contains(&extension.as_str()) {
            return Err(Unwanted::Macros);
        }
        Ok(Probe { head: Vec::new(), tail: Vec::new() })
    }

    /// Takes the next bytes into account.
    ///
    /// # Errors
    /// What went by is a program, or carries macros.
    pub fn feed(&mut self, bytes: &[u8]) -> Result<(), Unwanted> {
        let wanted = HEAD.saturating_sub(self.head.len()).min(bytes.len());
        self.head.extend(bytes.iter().take(wanted));
        if wanted > 0 && is_program(&self.head) {
            return Err(Unwanted::Executable);
        }
        let marks = self.marks();
        if marks.is_empty() {
            return Ok(());
        }
        let window = [self.tail.as_slice(), bytes].concat().to_ascii_lowercase();
        if marks.iter().any(|mark| window.windows(mark.len()).any(|part| part == *mark)) {
            return Err(Unwanted::Macros);
        }
        self.tail = window.get(window.len().saturating_sub(MARK_MAX)..).unwrap_or(&window).to_vec();
        Ok(())
    }

    /// The names that would betray macros in a file that begins like this one.
    fn marks(&self) -> &'static [&'static [u8]] {
        if self.head.starts_with(b"PK") {
            ZIP_MACROS
        } else if self.head.starts_with(b"\xd0\xcf\x11\xe0") {
            OLE_MACROS
        } else {
            &[]
        }
    }

    /// The type of the whole file under this name, as it may be served.
    ///
    /// # Errors
    /// It is a program.
    pub fn media_type(&self, name: &str) -> Result<&'static str, Unwanted> {
        if is_program(&self.head) {
            return Err(Unwanted::Executable);
        }
        let start = self.head.get(..1024).unwrap_or(&self.head);
        if start.windows(5).any(|part| part == b"%PDF-") && !is_active(&self.head) {
            return Ok("application/pdf");
        }
        let extension = extension(name);
        if let Some(text) = text(&self.head) {
            return Ok(media_type_of_text(&text, &extension));
        }
        let found = infer::get(&self.head).map(|found| found.mime_type());
        Ok(match found {
            Some(
                "text/html"
                | "text/xml"
                | "application/postscript"
                | "application/x-shockwave-flash"
                // Told by two bytes, with which data may begin as well.
                | "application/x-executable"
                | "application/x-llvm",
            )
            | None => BYTES,
            Some(found) => found,
        })
    }
}

fn is_program(head: &[u8]) -> bool {
    if [b"#!".as_slice(), b"\xef\xbb\xbf#!", b"\x7fELF"].iter().any(|mark| head.starts_with(mark)) {
        return true;
    }
    // `infer` goes by two bytes for some programs, with which a text may begin as well.
    text(head).is_none()
        && infer::get(head).is_some_and(|found| PROGRAMS.contains(&found.mime_type()))
}

/// The head as text, where it is text: UTF-8 without control characters, or UTF-16 with its mark.
fn text(head: &[u8]) -> Option<String> {
    let wide = |rest: &[u8], read: fn([u8; 2]) -> u16| {
        let units = rest.as_chunks::<2>().0.iter().map(|pair| read(*pair));
        char::decode_utf16(units).map(|c| c.unwrap_or(' ')).collect::<String>()
    };
    let text = match head {
        [0xff, 0xfe, rest @ ..] => wide(rest, u16::from_le_bytes),
        [0xfe, 0xff, rest @ ..] => wide(rest, u16::from_be_bytes),
        _ => match std::str::from_utf8(head) {
            Ok(text) => text.to_owned(),
            // A character may be cut in two where the head ends.
            Err(error) if error.error_len().is_none() && head.len() >= HEAD => {
                let whole = head.get(..error.valid_up_to()).unwrap_or_default();
                String::from_utf8_lossy(whole).into_owned()
            }
            // Text of an 8-bit code page, such as Latin-1: no zero, no control characters.
            Err(_) => head.iter().map(|&byte| char::from(byte)).collect(),
        },
    };
    let is_text = |c: char| !c.is_control() || matches!(c, '\t' | '\n' | '\r' | '\u{c}' | '\u{1a}');
    let of_a_code_page = |c: char| matches!(c, '\u{80}'..='\u{9f}');
    text.chars().all(|c| is_text(c) || of_a_code_page(c)).then_some(text)
}

fn is_active(head: &[u8]) -> bool {
    text(head).is_some_and(|text| has_active_marks(&text))
}

fn has_active_marks(text: &str) -> bool {
    let text = text.to_ascii_lowercase();
    ACTIVE_MARKS.iter().any(|mark| text.contains(mark))
}

fn media_type_of_text(text: &str, extension: &str) -> &'static str {
    let text = text.trim_start_matches('\u{feff}');
    if ACTIVE.contains(&extension) || has_active_marks(text) {
        BYTES
    } else if text.starts_with("{\\rtf") {
        "application/rtf"
    } else if extension == "csv" || is_table(text) {
        "text/csv"
    } else {
        "text/plain"
    }
}

/// Whether every whole line has the same number of separators, in at least three lines.
fn is_table(text: &str) -> bool {
    let mut lines: Vec<&str> = text.lines().take(20).collect();
    if !text.ends_with('\n') && lines.len() > 3 {
        // The last line may be cut.
        lines.pop();
    }
    let count = |line: &str, separator: char| line.matches(separator).count();
    lines.len() >= 3
        && [',', ';', '\t'].iter().any(|&separator| {
            let first = lines.first().map_or(0, |line| count(line, separator));
            first > 0 && lines.iter().all(|line| count(line, separator) == first)
        })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn kind(name: &str, content: &[u8]) -> Result<&'static str, Unwanted> {
        let mut probe = Probe::of_name(name)?;
        // One byte at a time: what is cut in two is found all the same.
        for byte in content {
            probe.feed(&[*byte])?;
        }
        probe.media_type(name)
    }

    fn zip(parts: &[&str]) -> Vec<u8> {
        let mut bytes = Vec::new();
        for part in parts {
            bytes.extend(b"PK\x03\x04\x14\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0");
            bytes.extend(u16::try_from(part.len()).unwrap().to_le_bytes());
            bytes.extend([0, 0]);
            bytes.extend(part.as_bytes());
        }
        bytes
    }

    #[test]
    fn a_type_follows_from_the_content() {
        let exe = [b"MZ\x90\0\x03\0\0\0".as_slice(), &[0; 60]].concat();
        let elf = [b"\x7fELF\x02\x01\x01\0".as_slice(), &[0; 60]].concat();
        let ole = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1\0\0".to_vec();
        let vba: Vec<u8> = "_VBA_PROJECT".encode_utf16().flat_map(u16::to_le_bytes).collect();
        let svg = b"<svg xmlns='http://www.w3.org/2000/svg' onload='x()'/>".as_slice();
        let wide: Vec<u8> = std::iter::once(0xfeff_u16)
            .chain("<html>".encode_utf16())
            .flat_map(u16::to_le_bytes)
            .collect();
        let macros = zip(&["[Content_Types].xml", "xl/vbaProject.bin"]);
        let plain_zip = zip(&["notes.txt", "photo.jpg"]);
        let table: Vec<(&str, &[u8], Result<&str, Unwanted>)> = vec![
            ("a.pdf", b"%PDF-1.7\n1 0 obj", Ok("application/pdf")),
            ("a.pdf", b"junk %PDF-1.7\n\x01\x02", Ok("application/pdf")),
            ("a.pdf", b"<html>%PDF-1.7", Ok(BYTES)),
            ("a.png", b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR", Ok("image/png")),
            ("a.jpg", b"\xff\xd8\xff\xe0\0\x10JFIF\0", Ok("image/jpeg")),
            ("a.pdf", svg, Ok(BYTES)),
            ("a.svg", svg, Ok(BYTES)),
            ("a.txt", b"BC and MZ begin texts, too", Ok("text/plain")),
            ("a.txt", "Grüße, ωμέγα".as_bytes(), Ok("text/plain")),
            ("a.txt", b"Gr\xfc\xdfe", Ok("text/plain")),
            ("a.txt", b"", Ok("text/plain")),
            ("a.txt", b"one\0two", Ok(BYTES)),
            ("a.txt", b"see <script>alert(1)</script>", Ok(BYTES)),
            ("a.txt", &wide, Ok(BYTES)),
            ("a.xml", b"<?xml version='1.0'?><a/>", Ok(BYTES)),
            ("a.html", b"hello", Ok(BYTES)),
            ("a.csv", b"a,b\n1,2\n", Ok("text/csv")),
            ("a.dat", b"a;b\n1;2\n3;4\n", Ok("text/csv")),
            ("a.rtf", b"{\\rtf1 text}", Ok("application/rtf")),
            ("a.zip", &plain_zip, Ok("application/zip")),
            ("a.exe", b"text", Err(Unwanted::Executable)),
            ("a.PS1", b"text", Err(Unwanted::Executable)),
            ("a.pdf", &exe, Err(Unwanted::Executable)),
            ("a.pdf", &elf, Err(Unwanted::Executable)),
            ("a.txt", b"#!/bin/sh\nrm -rf /", Err(Unwanted::Executable)),
            ("a.xlsm", b"text", Err(Unwanted::Macros)),
            ("a.DOCM", b"text", Err(Unwanted::Macros)),
            ("a.xlsx", &macros, Err(Unwanted::Macros)),
            ("a.bin", &macros, Err(Unwanted::Macros)),
        ];
        for (name, content, expected) in table {
            assert_eq!(kind(name, content), expected, "{name}: {content:?}");
        }
        assert_eq!(kind("a.doc", &[ole.clone(), vba].concat()), Err(Unwanted::Macros));
        assert!(kind("a.doc", &ole).is_ok());
    }

    #[test]
    fn spreadsheets_without_macros_are_taken() {
        let sheet = zip(&["[Content_Types].xml", "_rels/.rels", "xl/workbook.xml"]);
        let found = kind("a.xlsx", &sheet).unwrap();
        assert!(found.contains("spreadsheetml") || found == "application/zip", "{found}");
    }
}
