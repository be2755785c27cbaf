//! The three languages have the same keys, and these are the ones in use.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use fluent_bundle::FluentResource;
use jiff::civil::date;
use jiff::tz::TimeZone;

use super::{FILES, Language, Words};

/// Lists of codes: their keys are made from data, so no source names each of them.
const LISTS: &[&str] = &[
    "account-button",
    "act",
    "agrees",
    "answer-word",
    "approval-step",
    "basis",
    "competence",
    "consent-word",
    "document-type",
    "document-verdict",
    "field",
    "from",
    "ground",
    "group-of",
    "handling-code",
    "happened",
    "information-grade",
    "kind",
    "kind-about",
    "language",
    "marking",
    "member-state",
    "month",
    "new",
    "news",
    "notice-matter",
    "one-of",
    "part",
    "problem",
    "purpose",
    "question-type",
    "refusal-ground",
    "role",
    "said",
    "send",
    "send-new",
    "settings-button",
    "settings-day",
    "settings-done",
    "settings-effect",
    "settings-title",
    "silence",
    "sort",
    "source-grade",
    "state",
    "stop-answer",
    "stop-outcome",
    "tab",
    "theme",
    "theme-to",
    "unit-kind",
    "urgency",
    "verdict",
    "weekday",
    "yes-no",
    "zone",
];

/// The keys of a language with the variables that their texts take.
fn keys(language: Language) -> BTreeMap<String, BTreeSet<String>> {
    let mut keys: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    for file in FILES {
        let text = file[language.index()];
        if let Err((_, errors)) = FluentResource::try_new(text.to_owned()) {
            panic!("{language}: {errors:?}");
        }
        let mut current = String::new();
        for line in text.lines() {
            let starts = line.starts_with(|c: char| c.is_ascii_alphabetic());
            if let Some((key, _)) = line.split_once(" =").filter(|_| starts) {
                current = key.to_owned();
                let before = keys.insert(current.clone(), BTreeSet::new());
                assert!(before.is_none(), "{language}: `{key}` stands twice");
            }
            for variable in line.split("{ $").skip(1) {
                let name = variable.split(|c: char| !c.is_ascii_alphanumeric()).next();
                let variables = keys.entry(current.clone()).or_default();
                variables.extend(name.map(str::to_owned));
            }
        }
    }
    keys
}

fn sources(folder: &Path, ends: &str, found: &mut Vec<PathBuf>) {
    for entry in std::fs::read_dir(folder).expect("a folder of sources") {
        let path = entry.expect("an entry").path();
        if path.is_dir() {
            sources(&path, ends, found);
        } else if path.extension().is_some_and(|end| end == ends) {
            found.push(path);
        }
    }
}

/// The keys named by templates and sources: all quoted words, and those that are asked for as texts.
fn named() -> (BTreeSet<String>, BTreeSet<String>) {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut files = Vec::new();
    sources(&root.join("templates"), "html", &mut files);
    // Mails are worded here, too, and sent by the binary.
    sources(root.parent().expect("the folder of crates"), "rs", &mut files);
    let (mut quoted, mut asked) = (BTreeSet::new(), BTreeSet::new());
    for file in files {
        let text = std::fs::read_to_string(&file).expect("a source");
        quoted.extend(text.split('"').map(str::to_owned));
        // Other crates have methods of these names, too; the binary's mails are worded with `words.with`.
        let ours = file.components().any(|part| part.as_os_str() == "web");
        let calls =
            if ours { [".t(", ".text(", "words.with("].as_slice() } else { &["words.with("] };
        for call in calls {
            for rest in text.split(call).skip(1) {
                let key = rest.trim_start().strip_prefix('"').and_then(|key| key.split('"').next());
                asked.extend(key.filter(|key| is_key(key)).map(str::to_owned));
            }
        }
    }
    (quoted, asked)
}

/// `Rich::text` and its like take any words; keys are letters, digits and hyphens.
fn is_key(text: &str) -> bool {
    text.starts_with(|c: char| c.is_ascii_lowercase())
        && text.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-')
}

fn of_a_list(key: &str) -> bool {
    LISTS.iter().any(|list| key.strip_prefix(list).is_some_and(|rest| rest.starts_with('-')))
}

#[test]
fn the_languages_have_the_same_keys_with_the_same_variables() {
    let english = keys(Language::En);
    for language in [Language::De, Language::Fr] {
        let other = keys(language);
        let differ: Vec<&String> = english
            .keys()
            .chain(other.keys())
            .filter(|key| english.get(*key) != other.get(*key))
            .collect();
        assert!(differ.is_empty(), "{language} differs in {differ:?}");
    }
}

#[test]
fn every_key_in_use_exists_and_none_is_left_over() {
    let english = keys(Language::En);
    let (quoted, asked) = named();
    let missing: Vec<&String> = asked.iter().filter(|key| !english.contains_key(*key)).collect();
    assert!(missing.is_empty(), "no text for {missing:?}");
    let unused: Vec<&String> =
        english.keys().filter(|key| !quoted.contains(*key) && !of_a_list(key)).collect();
    assert!(unused.is_empty(), "nobody asks for {unused:?}");
}

#[test]
fn languages_are_negotiated_by_weight() {
    let table = [
        ("", Language::En),
        ("de", Language::De),
        ("de-AT,de;q=0.9,en;q=0.8", Language::De),
        ("en;q=0.4, fr-BE;q=0.7, de;q=0.5", Language::Fr),
        ("pl, fr;q=0.1", Language::Fr),
        ("fr;q=0, de;q=0.001", Language::De),
        ("*, xx;q=9, de;q=nonsense", Language::En),
    ];
    for (accept, language) in table {
        assert_eq!(Language::negotiate(accept), language, "{accept}");
    }
}

#[test]
fn days_and_times_are_written_with_their_zone() {
    let zone = TimeZone::get("Europe/Berlin").expect("a zone");
    let at = "2026-11-24T09:42:00Z".parse().expect("an instant");
    let day = date(2026, 11, 25);
    let said = |language| {
        let words = Words::new(language);
        [words.day_zone(day, &zone), words.moment_year(at, &zone), words.end_of(day, &zone)]
    };
    let english = ["Wed 25 Nov, CET", "Tue 24 Nov 2026, 10:42 CET", "end of Wed 25 Nov, CET"];
    let german = ["Mi., 25. Nov., MEZ", "Di., 24. Nov. 2026, 10:42 MEZ", "Ende Mi., 25. Nov., MEZ"];
    let french = ["mer. 25 nov., CET", "mar. 24 nov. 2026, 10:42 CET", "fin du mer. 25 nov., CET"];
    assert_eq!(said(Language::En), english);
    assert_eq!(said(Language::De), german);
    assert_eq!(said(Language::Fr), french);
}

#[test]
fn a_summer_day_has_the_summer_zone() {
    let zone = TimeZone::get("Europe/Helsinki").expect("a zone");
    let at = "2026-07-01T09:00:05Z".parse().expect("an instant");
    assert_eq!(Words::new(Language::De).time_seconds(at, &zone), "12:00:05 OESZ");
    assert_eq!(Words::new(Language::En).moment(at, &zone), "Wed 1 Jul, 12:00 EEST");
}

#[test]
fn numbers_keep_every_digit() {
    let table = [
        ("0", "0", "0", "0"),
        ("2400", "2,400", "2.400", "2\u{202f}400"),
        ("-1234567.80", "−1,234,567.80", "−1.234.567,80", "−1\u{202f}234\u{202f}567,80"),
        ("18.6", "18.6", "18,6", "18,6"),
        ("12a", "12a", "12a", "12a"),
        ("", "", "", ""),
    ];
    for (given, english, german, french) in table {
        let said = Language::ALL.map(|language| Words::new(language).decimal(given));
        assert_eq!(said, [english, german, french]);
    }
    let sizes =
        [(999, "999 B"), (84_000, "84 kB"), (2_140_000, "2.1 MB"), (3_000_000_000, "3.0 GB")];
    for (bytes, said) in sizes {
        assert_eq!(Words::default().bytes(bytes), said);
    }
    assert_eq!(Words::new(Language::De).number(-2_400), "−2.400");
}

#[test]
fn a_day_is_read_as_it_is_written() {
    for language in Language::ALL {
        let words = Words::new(language);
        for month in 1..=12 {
            let day = date(2026, month, 9);
            assert_eq!(words.parse_day(&words.day_year(day)), Some(day), "{language} {month}");
        }
        for typed in ["2026-11-24", "24.11.2026", " 24/11/2026 ", "24. 11. 2026"] {
            assert_eq!(words.parse_day(typed), Some(date(2026, 11, 24)), "{typed}");
        }
        for typed in ["", "31.11.2026", "24 Nov", "24 Foo 2026", "99999999999.1.2026", "24-11-2026"]
        {
            assert_eq!(words.parse_day(typed), None, "{typed}");
        }
    }
    assert_eq!(Words::new(Language::En).parse_day("24 November 2026"), Some(date(2026, 11, 24)));
}

#[test]
fn codes_have_names_and_unknown_ones_stay() {
    let words = Words::default();
    assert_eq!(words.code("ground", "21(3)(a)(i)"), "21(3)(a)(i) information not considered");
    assert_eq!(words.code("state", "release_due"), "release due");
    assert_eq!(words.code("kind", "briefing"), "briefing");
    assert_eq!(words.code_hint("ground", "21(1)").as_deref(), Some("no effect of silence"));
    assert_eq!(words.code_hint("kind", "stop"), None);
    assert_eq!(words.list(&["A".into(), "B".into(), "C".into()]), "A, B and C");
}

#[test]
fn texts_carry_no_isolation_marks() {
    let text = Words::default().with("demo-clock", &[("now", "noon".into())]);
    assert_eq!(text, "clock set to noon");
}
