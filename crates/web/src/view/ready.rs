//! Pages that need nothing from a dossier: errors, the accessibility statement, help, an empty queue.

use crate::view::chrome::Chrome;
use crate::view::parts::{Button, Empty, Rich, Step};
use crate::view::prose::{ErrorPage, ProsePage, Section};
use crate::words::Words;

/// What went wrong with a request.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Trouble {
    /// The role does not allow it; only for pages whose existence is no secret.
    Role,
    /// A form that is none of ours, or of an earlier session.
    Form,
    /// There is no such thing, or it is hidden: the same page for both.
    NotFound,
    /// Too many bytes: how many a file, and everything else, may have ("200 MB", "1 MB").
    TooLarge {
        /// For a file.
        file: String,
        /// For everything else.
        other: String,
    },
    /// Too many attempts.
    TooMany,
    /// Something failed; the number under which the log has it.
    Failed {
        /// The number.
        number: String,
    },
    /// Starting, or being maintained.
    Unavailable,
}

impl Trouble {
    /// The status of the answer.
    pub const fn status(&self) -> u16 {
        match self {
            Self::Role | Self::Form => 403,
            Self::NotFound => 404,
            Self::TooLarge { .. } => 413,
            Self::TooMany => 429,
            Self::Failed { .. } => 500,
            Self::Unavailable => 503,
        }
    }

    fn title_and_text(&self, words: Words) -> (String, String) {
        match self {
            Self::Role => (words.text("error-403"), words.text("error-403-text")),
            Self::Form => (words.text("error-form"), words.text("error-form-text")),
            Self::NotFound => (words.text("error-404"), words.text("error-404-text")),
            Self::TooLarge { file, other } => {
                let limits = [("file", file.as_str().into()), ("other", other.as_str().into())];
                (words.text("error-413"), words.with("error-413-text", &limits))
            }
            Self::TooMany => (words.text("error-429"), words.text("error-429-text")),
            Self::Failed { .. } => (words.text("error-500"), words.text("error-500-text")),
            Self::Unavailable => (words.text("error-503"), words.text("error-503-text")),
        }
    }
}

impl ErrorPage {
    /// The page that says what went wrong and what can be done. `chrome.now` stands at its foot; its title is set.
    /// It holds nothing of the address asked for, so that hidden and absent look the same.
    pub fn of(trouble: &Trouble, chrome: Chrome) -> Self {
        let words = chrome.words;
        let (title, text) = trouble.title_and_text(words);
        let mut foot = format!("{} · {}", trouble.status(), chrome.now);
        if let Trouble::Failed { number } = trouble {
            foot.push_str(" · ");
            foot.push_str(&words.with("error-number", &[("number", number.as_str().into())]));
        }
        let mut steps = Vec::new();
        if chrome.person.is_some() {
            if *trouble == Trouble::NotFound {
                steps.extend(not_found_steps(words));
            }
            steps.push(Step {
                text: Rich::new()
                    .strong(words.text("error-back"))
                    .and(" ")
                    .quiet(words.text("error-back-text")),
                button: Some(Button::link(words.text("due-and-waiting"), "/").primary()),
            });
        }
        let chrome = Chrome { title: title.clone(), ..chrome };
        Self { chrome, title, text: text.into(), steps, foot }
    }
}

fn not_found_steps(words: Words) -> [Step; 2] {
    let look = Rich::new()
        .strong(words.text("error-404-look"))
        .and(" ")
        .quiet(words.text("error-404-look-text"))
        .and(" ")
        .code("NL-2026-7KQ4M-STP");
    let ask = Rich::new()
        .strong(words.text("error-404-ask"))
        .and(" ")
        .quiet(words.text("error-404-ask-text"));
    [
        Step { text: look, button: Some(Button::link(words.text("search"), "/search")) },
        Step { text: ask, button: Some(Button::link(words.text("rail-directory"), "/directory")) },
    ]
}

impl Empty {
    /// An empty *Due and waiting*: what it is for, and the first steps. `may_set` is where the authority's entry in
    /// the directory is completed, for those who may.
    pub fn queue(words: Words, authority: &str, may_set: Option<String>) -> Self {
        let directory = Rich::new()
            .strong(words.text("step-directory"))
            .and(" ")
            .quiet(words.text("step-directory-text"));
        let ask =
            Rich::new().strong(words.text("step-ask")).and(" ").quiet(words.text("step-ask-text"));
        let mut steps = Vec::new();
        if let Some(href) = may_set {
            let button = Button::link(words.text("step-directory-button"), href).primary();
            steps.push(Step { text: directory, button: Some(button) });
        }
        let new = Button::link(words.text("new-request"), "/new").key('c');
        steps.push(Step { text: ask, button: Some(new) });
        Self {
            title: words.with("nothing-waits", &[("authority", authority.into())]),
            text: words.text("nothing-waits-text"),
            steps,
        }
    }
}

fn section(words: Words, id: &str, title: &str, paragraphs: &[&str], list: &[&str]) -> Section {
    let lines = |keys: &[&str]| keys.iter().map(|key| Rich::text(words.text(key))).collect();
    Section {
        id: id.to_owned(),
        title: words.text(title),
        paragraphs: lines(paragraphs),
        list: lines(list),
    }
}

impl ProsePage {
    /// The accessibility statement, for those who are signed in and those who are not.
    pub fn accessibility(chrome: Chrome) -> Self {
        let words = chrome.words;
        let sections = vec![
            section(words, "aim", "accessibility-aim", &["accessibility-aim-1"], &[]),
            section(words, "how", "accessibility-how", &["accessibility-how-1"], &[]),
            section(
                words,
                "limits",
                "accessibility-limits",
                &[],
                &["accessibility-limits-1", "accessibility-limits-2"],
            ),
            section(words, "say", "accessibility-say", &["accessibility-say-1"], &[]),
        ];
        let title = words.text("accessibility-title");
        let chrome = Chrome { title: title.clone(), ..chrome };
        Self { chrome, title, sections, with_keys: false }
    }

    /// Help, with the list of keys.
    pub fn help(chrome: Chrome) -> Self {
        let words = chrome.words;
        let sections = vec![
            section(words, "see", "help-see", &["help-see-1", "help-see-2"], &[]),
            section(words, "clocks", "help-clocks", &["help-clocks-1", "help-clocks-2"], &[]),
            section(words, "drafts", "help-drafts", &["help-drafts-1"], &[]),
            section(words, "law", "help-law", &["help-law-1"], &[]),
        ];
        let title = words.text("help-title");
        let chrome = Chrome { title: title.clone(), ..chrome };
        Self { chrome, title, sections, with_keys: true }
    }
}
