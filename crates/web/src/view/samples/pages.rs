//! Samples of sign-in, directory, search, errors, words, settings.

use super::{HOSTILE, LONG, Sample, chrome};
use crate::view::chrome::{Chrome, Place, Theme};
use crate::view::directory::{Desk, DeskPerson, DeskRow, DirectoryPage, HoursBar, HoursPanel};
use crate::view::form::{
    Choice, Columns, Control, Field, FormGroup, FormView, Submit, TextKind, Width,
};
use crate::view::parts::{Button, Empty, Filter, FilterGroup, Icon, Notice, Rich, Step, Tag, Tone};
use crate::view::prose::{
    ErrorPage, Found, ProsePage, SearchPage, SettingsPage, SettingsRow, SettingsSection,
    SettingsTable,
};
use crate::view::ready::Trouble;
use crate::view::sign_in::{DemoAccount, SignInPage};
use crate::words::Language;

pub(crate) fn samples() -> Vec<Sample> {
    let mut samples = vec![
        Sample::of("sign-in", &sign_in(Language::En, "Jonas Brandt")),
        Sample::of("sign-in-german", &sign_in(Language::De, LONG)),
        Sample::of("sign-in-hostile", &sign_in(Language::En, HOSTILE)),
        Sample::of("directory", &directory("FI, catch-all Art 4, English")),
        Sample::of("directory-empty", &no_desk()),
        Sample::of("directory-hostile", &directory(HOSTILE)),
        Sample::of("directory-long", &directory(LONG)),
        Sample::of("search", &search("Tengri Forwarding")),
        Sample::of("search-empty", &nothing_found("vostok")),
        Sample::of("search-hostile", &search(HOSTILE)),
        Sample::of("search-empty-hostile", &nothing_found(HOSTILE)),
        Sample::of("account", &settings("Your account", "Jonas Brandt")),
        Sample::of("settings-hostile", &settings(HOSTILE, HOSTILE)),
        Sample::of("settings-long", &settings(LONG, LONG)),
        Sample::of(
            "accessibility",
            &ProsePage::accessibility(chrome(Language::En, "", Place::Elsewhere)),
        ),
        Sample::of("accessibility-outside", &ProsePage::accessibility(outside(Language::De))),
        Sample::of("help", &ProsePage::help(chrome(Language::Fr, "", Place::Elsewhere))),
    ];
    samples.extend(errors());
    samples
}

fn outside(language: Language) -> Chrome {
    Chrome { person: None, rail: Vec::new(), ..chrome(language, "", Place::Elsewhere) }
}

fn errors() -> Vec<Sample> {
    let troubles = [
        Trouble::Role,
        Trouble::NotFound,
        Trouble::TooLarge { file: "200 MB".into(), other: "1 MB".into() },
        Trouble::TooMany,
        Trouble::Failed { number: HOSTILE.into() },
        Trouble::Unavailable,
    ];
    let mut samples = Vec::new();
    for trouble in troubles {
        for language in Language::ALL {
            let page = ErrorPage::of(&trouble, chrome(language, "", Place::Elsewhere));
            samples.push(Sample::of(&format!("error-{}-{language}", trouble.status()), &page));
        }
        let page = ErrorPage::of(&trouble, outside(Language::En));
        samples.push(Sample::of(&format!("error-{}-outside", trouble.status()), &page));
    }
    samples
}

fn sign_in(language: Language, name: &str) -> SignInPage {
    let chrome = Chrome { title: "Sign in".into(), ..outside(language) };
    let line = |name: &str, label: &str, kind| {
        Field::new(name, label, Control::Text { value: String::new(), kind })
    };
    SignInPage {
        chrome,
        title: "Sign in".into(),
        notice: Some(Notice {
            tone: Tone::Accent,
            icon: Icon::Refresh,
            text:
                "You were signed out after an hour without a key pressed. What you typed is kept."
                    .into(),
        }),
        form: FormView {
            groups: vec![FormGroup::of(vec![
                line("user", "User", TextKind::User),
                line("password", "Password", TextKind::Password),
            ])],
            buttons: vec![Submit::primary("Sign in", "")],
            ..FormView::new("sign-in", "/sign-in")
        },
        accounts: vec![DemoAccount {
            name: name.into(),
            user: "jonas.brandt".into(),
            unit: "Germany – Licensing · officer".into(),
        }],
    }
}

fn bar(from: u32, until: u32) -> HoursBar {
    HoursBar {
        open: vec![(from, until)],
        now: Some(642),
        is_open: from < 642 && 642 < until,
        spoken: format!("open {}:00 to {}:00", from / 60, until / 60),
    }
}

fn directory(text: &str) -> DirectoryPage {
    let chrome = chrome(Language::En, "Who answers this, now?", Place::Directory);
    let words = chrome.words;
    let person = |name: &str, function: &str, languages: &str, phone: &str| DeskPerson {
        name: name.into(),
        function: function.into(),
        languages: languages.into(),
        phone: phone.into(),
    };
    let row = |authority: &str, desk: &str, languages: &str, tag: (&str, Tone), hours| DeskRow {
        authority: authority.into(),
        desk: desk.into(),
        languages: languages.into(),
        opening: Tag::new(tag.0, tag.1),
        there: "11:42 EET".into(),
        hours,
        ask: Some("/new/information?to=X".into()),
        href: "/directory?q=X".into(),
    };
    DirectoryPage {
        chrome,
        title: words.text("directory-title"),
        hint: words.text("directory-hint"),
        query: text.into(),
        understood: vec!["State: Finland".into(), "Function: catch-all, Art 4".into(), text.into()],
        other_time: Some(("Tonight at 22:00".into(), "/directory?at=2026-11-24T22:00".into())),
        best: Some(Desk {
            name: "Finland – Licensing, catch-all and end-use desk".into(),
            opening: Tag::new("open until 16:15 EET, in 4 h 33 min", Tone::Done).with_icon(Icon::Check),
            reason: Rich::text("Best match: competent for Art 4 in the State asked for, speaks English, open now. ").code("FI-LICENSING"),
            people: vec![
                person("Aino Korpela", "contact point, approves", "FI SV EN DE", "+358 00 555 0142"),
                person(text, "end-use examination", "FI SV EN", "+358 00 555 0147"),
                person("Night contact", "goods held, 16:15–08:00 EET", "EN", "+358 00 555 0100"),
            ],
            buttons: vec![Button::link("Ask this desk", "/new/information?to=FI-LICENSING").primary()],
            hours: HoursPanel {
                title: "Today, in your time (CET)".into(),
                bars: vec![("Finland, 07:00–15:15".into(), bar(420, 915)), ("You, 08:00–17:00".into(), HoursBar { is_open: false, ..bar(480, 1020) })],
                note: "4 h 33 min left together today. Next holidays in Finland: Sun 6 Dec, then Fri 25 Dec.".into(),
            },
        }),
        others_title: "Others who answer on Art 4, in English".into(),
        others_note: "11 of 27 shown · same State first".into(),
        others: vec![
            row("Finland – Customs", "Helsinki, risk analysis", "FI SV EN", ("open until 16:00", Tone::Done), bar(480, 960)),
            row("Estonia – Licensing", text, "ET EN RU", ("open until 16:30", Tone::Done), bar(510, 990)),
            row("Bulgaria – Licensing", "Interministerial commission", "BG EN", ("night contact only", Tone::Warn), HoursBar { is_open: false, ..bar(540, 1050) }),
            row("Malta – Licensing", "Commerce department", "MT EN", ("closed today, audit day", Tone::Late), HoursBar { open: Vec::new(), ..bar(0, 0) }),
        ],
        filters: Vec::new(),
        empty: None,
    }
}

fn no_desk() -> DirectoryPage {
    DirectoryPage {
        best: None,
        others: Vec::new(),
        understood: Vec::new(),
        empty: Some(empty("Nothing understood")),
        ..directory("")
    }
}

fn empty(title: &str) -> Empty {
    Empty {
        title: title.into(),
        text:
            "Search finds references, parties, codes, MRN and words in what your authority may see."
                .into(),
        steps: vec![Step {
            text: Rich::new().strong("Look in the directory."),
            button: Some(Button::link("Directory", "/directory")),
        }],
    }
}

fn search(text: &str) -> SearchPage {
    let chrome = Chrome { search: text.into(), ..chrome(Language::En, "Search", Place::Elsewhere) };
    let filter = |label: &str, current| Filter {
        label: label.into(),
        count: Some(2),
        href: "/search?q=x".into(),
        current,
        tone: Tone::Plain,
    };
    SearchPage {
        chrome,
        title: "2 found".into(),
        filters: vec![FilterGroup {
            label: None,
            filters: vec![filter("All", true), filter("Stop", false)],
        }],
        found: vec![Found {
            subject: "Integrated circuits for Almaty held at Rotterdam".into(),
            href: "/dossiers/x".into(),
            kind: "Stop".into(),
            reference: "NL-2026-7KQ4M-STP".into(),
            state: Tag::new("acknowledged", Tone::Warn),
            about: "Netherlands – Customs · last change Fri 13 Nov, 09:14 CET".into(),
            excerpt: Rich::text("… shares its address with ")
                .strong(text)
                .and(" (your denial pointer …"),
        }],
        empty: None,
        next: Some("/search?q=x&after=y".into()),
    }
}

fn nothing_found(text: &str) -> SearchPage {
    SearchPage { found: Vec::new(), empty: Some(empty(text)), next: None, ..search(text) }
}

fn settings(title: &str, name: &str) -> SettingsPage {
    let password = |name: &str, label: &str, kind| {
        Field::new(name, label, Control::Text { value: String::new(), kind }).wide(Width::Half)
    };
    let section = |id: &str, title: &str, table, form| SettingsSection {
        id: id.into(),
        title: title.into(),
        aside: name.into(),
        hint: Some(name.into()),
        scan: None,
        table,
        form,
    };
    let keys = vec![
        Choice::new("on", "On").chosen_if("on"),
        Choice::new("off", "Off").hint("no hints are shown either"),
    ];
    let person = SettingsRow {
        cells: vec![name.into(), Rich::new().code("jonas.brandt"), "officer".into()],
        buttons: vec![Button::post(
            "Has left",
            "/settings/DE-LICENSING/people/leave",
            &[("user", name)],
        )],
    };
    SettingsPage {
        chrome: Chrome { theme: Theme::Light, ..chrome(Language::En, title, Place::Elsewhere) },
        title: title.into(),
        notices: vec![Notice { tone: Tone::Done, icon: Icon::Check, text: name.into() }],
        sections: vec![
            section(
                "password",
                "Password",
                None,
                Some(FormView {
                    groups: vec![FormGroup::of(vec![
                        password("old", "Present password", TextKind::Password),
                        password("new", "New password", TextKind::NewPassword),
                    ])],
                    buttons: vec![Submit::other("Change password", "")],
                    ..FormView::new("password-form", "/account/password")
                }),
            ),
            section(
                "keys",
                "Keys",
                None,
                Some(FormView {
                    groups: vec![FormGroup::of(vec![Field::new(
                        "keys",
                        "Single keys",
                        Control::Radios { choices: keys, columns: Columns::One },
                    )])],
                    buttons: vec![Submit::other("Save", "")],
                    ..FormView::new("keys-form", "/account/keys")
                }),
            ),
            section(
                "people",
                "People",
                Some(SettingsTable {
                    heads: vec!["Name".into(), "User".into(), "Role".into()],
                    rows: vec![person],
                }),
                None,
            ),
        ],
    }
}
