//! The names of files: cleaned where they come in, and never used as a path.

/// The most characters of a name.
pub const LENGTH_MAX: usize = 200;
/// The most characters that count as an extension, its dot included.
const EXTENSION_MAX: usize = 17;

/// Names that Windows takes for a device, whatever the extension.
const RESERVED: [&str; 6] = ["con", "prn", "aux", "nul", "conin$", "conout$"];

/// The name of a file as it is kept and shown, from the name as it was given.
///
/// Without the parts of a path, control characters and those that turn or hide text (a name that
/// ends in `fdp.exe` must not look as if it ended in `pdf`); characters that some systems do not
/// allow become `_`, and the names of devices get one in front. At most [`LENGTH_MAX`] characters,
/// the extension kept; `file` where nothing is left.
pub fn clean(given: &str) -> String {
    let last = given.rsplit(['/', '\\']).next().unwrap_or_default();
    let shown: String = last
        .chars()
        .filter(|c| !c.is_control() && !is_invisible(*c))
        .map(|c| if matches!(c, '<' | '>' | ':' | '"' | '|' | '?' | '*') { '_' } else { c })
        .collect();
    let name = shown.trim_matches(|c: char| c == '.' || c.is_whitespace());
    let name = if name.is_empty() { "file" } else { name };
    let name = if is_device(name) { format!("_{name}") } else { name.to_owned() };
    shorten(&name)
}

/// The extension of a name, in lower case and without its dot; empty where there is none.
pub fn extension(name: &str) -> String {
    name.rsplit_once('.').map_or_else(String::new, |(_, extension)| extension.to_lowercase())
}

/// Characters that show nothing, or change the direction of what is beside them: the format
/// characters of Unicode (category Cf), line and paragraph separators.
const fn is_invisible(c: char) -> bool {
    matches!(c,
        '\u{ad}' | '\u{600}'..='\u{605}' | '\u{61c}' | '\u{6dd}' | '\u{70f}' | '\u{180e}'
        | '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{206f}'
        | '\u{feff}' | '\u{fff9}'..='\u{fffb}' | '\u{e0000}'..='\u{e007f}')
}

fn is_device(name: &str) -> bool {
    let stem = name.split('.').next().unwrap_or_default().trim_end().to_lowercase();
    let numbered = stem.strip_prefix("com").or_else(|| stem.strip_prefix("lpt"));
    let is_number = |rest: &str| {
        let mut rest = rest.chars();
        rest.next().is_some_and(|c| c.is_ascii_digit() || matches!(c, '¹' | '²' | '³'))
            && rest.next().is_none()
    };
    RESERVED.contains(&stem.as_str()) || numbered.is_some_and(is_number)
}

fn shorten(name: &str) -> String {
    let length = name.chars().count();
    if length <= LENGTH_MAX {
        return name.to_owned();
    }
    let extension = name.rsplit_once('.').map(|(_, extension)| format!(".{extension}"));
    let extension = extension.filter(|text| text.chars().count() <= EXTENSION_MAX);
    let extension = extension.unwrap_or_default();
    let stem = LENGTH_MAX - extension.chars().count();
    name.chars().take(stem).chain(extension.chars()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn a_name_is_cleaned_and_never_a_path() {
        let table = [
            ("Datenblatt Zirkonium.pdf", "Datenblatt Zirkonium.pdf"),
            ("../../etc/passwd", "passwd"),
            ("C:\\Users\\me\\plan.docx", "plan.docx"),
            ("C:plan.docx", "C_plan.docx"),
            ("/", "file"),
            ("", "file"),
            ("..", "file"),
            (" . .pdf", "pdf"),
            (".htaccess", "htaccess"),
            ("name.pdf. ", "name.pdf"),
            ("a\u{0}b\r\nSet-Cookie: x.txt", "abSet-Cookie_ x.txt"),
            ("invoice\u{202e}fdp.exe", "invoicefdp.exe"),
            ("zero\u{200b}width\u{feff}.txt", "zerowidth.txt"),
            ("data.txt:stream", "data.txt_stream"),
            ("CON", "_CON"),
            ("nul.txt", "_nul.txt"),
            ("com1.tar.gz", "_com1.tar.gz"),
            ("COM¹.txt", "_COM¹.txt"),
            ("com10.txt", "com10.txt"),
            ("company.txt", "company.txt"),
            ("Δελτίο δεδομένων.pdf", "Δελτίο δεδομένων.pdf"),
            ("\"><script>.png", "___script_.png"),
        ];
        for (given, kept) in table {
            assert_eq!(clean(given), kept, "{given:?}");
        }
        let long = clean(&format!("{}.pdf", "ü".repeat(5000)));
        assert!(long.chars().count() == LENGTH_MAX && long.ends_with("ü.pdf"));
        assert_eq!(clean(&"x.".repeat(300)).chars().count(), LENGTH_MAX);
        assert_eq!(clean(&"y".repeat(300)).chars().count(), LENGTH_MAX);
    }

    proptest! {
        #[test]
        fn whatever_is_given_a_name_is_kept(given in "\\PC*|(.|\n){0,300}") {
            let kept = clean(&given);
            prop_assert!(!kept.is_empty() && kept.chars().count() <= LENGTH_MAX);
            prop_assert!(!kept.contains(['/', '\\', '\0', '\n', '\r', '"']));
            prop_assert!(!matches!(kept.as_str(), "." | ".."));
        }
    }
}
