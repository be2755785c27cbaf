//! Samples of lists.

use super::{HOSTILE, LONG, Sample, chrome, jonas, strip};
use crate::view::chrome::{Chrome, Counts, Person, Place, Theme, rail};
use crate::view::clock::{Silence, Standing};
use crate::view::parts::{
    AudienceLine, Button, ClockBadge, Empty, Fact, Filter, FilterGroup, Icon, Rich, Tag, Tone,
};
use crate::view::queue::{Drawer, DrawerNote, QueueGroup, QueuePage, QueueRow};
use crate::words::{Language, Words};

pub(crate) fn samples() -> Vec<Sample> {
    let usual = usual(Language::En);
    let alone = QueuePage { drawer: None, ..usual.clone() };
    let dark = QueuePage {
        chrome: Chrome { theme: Theme::Dark, ..usual.chrome.clone() },
        ..usual.clone()
    };
    let next =
        QueuePage { next: Some("/?after=x".into()), first: Some("/".into()), ..usual.clone() };
    vec![
        Sample::of("queue-usual", &usual),
        Sample::of("queue-dark", &dark),
        Sample::of("queue-alone", &alone),
        Sample::of("queue-next", &next),
        Sample::of("queue-german", &self::usual(Language::De)),
        Sample::of("queue-french", &self::usual(Language::Fr)),
        Sample::of("queue-empty", &empty()),
        Sample::of("queue-hostile", &filled_with(HOSTILE)),
        Sample::of("queue-long", &filled_with(LONG)),
    ]
}

fn empty() -> QueuePage {
    let chrome = chrome(Language::En, "Due and waiting", Place::Due);
    let words = chrome.words;
    let person = Person {
        name: "Maja Kovačič".into(),
        unit: "Slovenia – Licensing".into(),
        role: "contact point".into(),
        ..jonas()
    };
    let rail = rail(words, Counts::default(), Place::Due);
    QueuePage {
        chrome: Chrome { person: Some(person), rail, ..chrome },
        title: words.text("due-and-waiting"),
        buttons: Vec::new(),
        filters: filters(words, [0; 8]),
        groups: Vec::new(),
        drawer: None,
        empty: Some(Empty::queue(
            words,
            "Slovenia – Licensing",
            Some("/settings/SI-LICENSING".into()),
        )),
        foot: words.with("checked-at", &[("now", "Tue 24 Nov 2026, 10:42:07 CET".into())]),
        next: None,
        first: None,
    }
}

fn filled_with(text: &str) -> QueuePage {
    let mut page = usual(Language::De);
    for row in page.groups.iter_mut().flat_map(|group| &mut group.rows) {
        row.subject = text.into();
        row.from = text.into();
        row.until = text.into();
        row.assigned = text.into();
        row.reference = text.into();
        row.state.text = text.into();
    }
    page.title = text.into();
    page.chrome.search = text.into();
    page.chrome.here = text.into();
    if let Some(person) = &mut page.chrome.person {
        person.name = text.into();
        person.unit = text.into();
    }
    if let Some(drawer) = &mut page.drawer {
        drawer.subject = text.into();
        drawer.reference = text.into();
        drawer.silence = text.into();
        drawer.facts = vec![Fact::new(text, Rich::text(text).code(text).strong(text).quiet(text))];
        drawer.note = Some(DrawerNote { title: text.into(), text: text.into() });
        drawer.audience = AudienceLine { text: text.into() };
    }
    page
}

fn filters(words: Words, [all, mine, nobody, overdue, a, b, c, d]: [u32; 8]) -> Vec<FilterGroup> {
    let filter = |label: String, count, href: &str, tone| Filter {
        label,
        count: Some(count),
        href: href.into(),
        current: href == "/",
        tone,
    };
    vec![
        FilterGroup {
            label: None,
            filters: vec![
                filter(words.text("filter-all"), all, "/", Tone::Plain),
                filter(words.text("filter-mine"), mine, "/?mine", Tone::Plain),
                filter(words.text("filter-nobody"), nobody, "/?nobody", Tone::Plain),
                filter(words.text("filter-overdue"), overdue, "/?overdue", Tone::Late),
            ],
        },
        FilterGroup {
            label: Some(words.text("filter-age")),
            filters: vec![
                filter("0–2".into(), a, "/?age=0", Tone::Plain),
                filter("3–10".into(), b, "/?age=3", Tone::Plain),
                filter("11–30".into(), c, "/?age=11", Tone::Plain),
                filter("30+".into(), d, "/?age=31", Tone::Plain),
            ],
        },
    ]
}

pub(super) fn usual(language: Language) -> QueuePage {
    let words = Words::new(language);
    let chrome = chrome(language, &words.text("due-and-waiting"), Place::Due);
    let group = |key: &str, hint: Option<&str>, count, rows| QueueGroup {
        label: words.text(key),
        count,
        hint: hint.map(|key| words.text(key)),
        rows,
    };
    QueuePage {
        chrome,
        title: words.text("due-and-waiting"),
        buttons: vec![
            Button::post(words.text("take-next"), "/take-next", &[]).key('n'),
            Button::link(words.text("new-request"), "/new").key('c'),
        ],
        filters: filters(words, [40, 11, 9, 2, 12, 16, 10, 2]),
        groups: vec![
            group("group-silence", Some("group-silence-hint"), 6, rows(words, DECIDED)),
            group("group-you", Some("group-you-hint"), 6, rows(words, WAITING)),
            group("group-others", None, 28, rows(words, OTHERS)),
        ],
        drawer: Some(drawer(words)),
        empty: None,
        foot: words.with("checked-at", &[("now", "Tue 24 Nov 2026, 10:42:07 CET".into())]),
        next: None,
        first: None,
    }
}

/// Rows as a person reads them: clock | strip | subject | kind | reference | from | until | state | assigned.
const DECIDED: &str = "
1 law|uu..uuuuu..utl|Feinwerk Donau → Sary-Arka Avtomatika|stop|NL-2026-7KQ4M-STP|NL000510 Rotterdam|end of Wed 25 Nov, CET|warn acknowledged|J. Brandt · 13 d
2 law|u..uuuuu..utll|Frequenzumrichter 1 kHz → Hanoi|stop|BE-2026-M3W8D-STP|BE – Customs|end of Thu 26 Nov, CET|plain sent|not assigned · 12 d
2 law|u..uuuuu..utll|Halbleitertechnik Oberlausitz → Dilmun Trading|stop|BE-2026-R9C2X-STP|BE343000 Antwerp|end of Thu 26 Nov, CET|warn your extension?|A. Hollenbeck · 12 d
3 law|uuuuu..utlll|Drehgeber, strahlungsfest → Ankara|stop|FR-2026-6TN1H-STP|FR – Customs|end of Fri 27 Nov, CET|plain sent|J. Brandt · 11 d
5 law|uuu..utlll..ll|Vakuumpumpen Niederrhein → Penta Gulf FZE|stop|NL-2026-2HF6P-STP|NL000396 Moerdijk|end of Tue 1 Dec, CET|accent opened|K. Öztürk · 8 d
6 law|uu..utlll..llo|Trägheitsnavigation Allgäu → Aero Sistemas|stop|ES-2026-9JD5B-STP|ES000801 Barcelona|end of Wed 2 Dec, CET|accent opened|K. Öztürk · 7 d";

const WAITING: &str = "
over|u..uuuuu|End-user statement “Endverbleibserklärung”, Tallinna Mikroelektroonika|document|LT-2026-4VX7S-DOC|LT – Customs|was Fri 20 Nov, 17:00 CET|late overdue|J. Brandt · 12 d
today|uuuuutl|Who collected the pallets in Świnoujście?|information|PL-2026-8ZB3Q-INF|PL424010 Szczecin|8 hours, goods held|warn 2 of 5 answered|J. Brandt · 5 h
tomorrow|utl|Frequency converter 1 kHz: 3A225 or not listed?|classification|AT-2026-5MR2K-CLS|AT – Customs|3 days|plain sent|not assigned · 4 d
3 no|utlll|Catch-all Art 4(1)(b): informed our customs on …|notice|FI-2026-1QW9E-NOT|FI – Licensing|Fri 27 Nov, 17:00 CET|plain acknowledge|not assigned · 4 d
5 no|tlll..ll|Kohlenstofffaser-Prepreg 1C210.b, Vorführmuster|classification|SE-2026-C8T4N-CLS|SE – Customs|Tue 1 Dec, CET|accent opened|A. Hollenbeck · 1 d
unsent|lllll..lll|Draft notification, outcome of CZ-2026-K2M7R|notice|DE-2026-D7H3V-NOT|all Member States|draft to send|draft draft|J. Brandt · 1 d";

const OTHERS: &str = "
3 no|utlll|Proof of exit for MRN 26DE…A7|information|DE-2026-W5P8G-INF|NL – Customs|Fri 27 Nov, CET|accent opened|J. Brandt · 4 d
over|uuuuu..u|Consignee at Limassol, same address as 3 others|information|DE-2026-3XK6T-INF|CY – Customs|was Mon 23 Nov, EET|late overdue|K. Öztürk · 11 d
9 no|tlll..lllll..l|Is licence EE-24-0117 genuine and valid?|document|DE-2026-B4N9J-DOC|EE – Licensing|Mon 7 Dec, EET|plain sent|J. Brandt · 1 d
answered|uuuuu..uu|Gyroscope modules, maintained|stop|IT-2026-H6D2W-STP|IT – Licensing|Mon 23 Nov, 15:08 CET|done answered|K. Öztürk · 9 d
due|uuuuu..uuuuu|Flow meters, silence since Monday|stop|AT-2026-J4R8M-STP|AT – Licensing|ended Mon 23 Nov, CET|law release due|K. Öztürk · 16 d
none||Zentrifugenrotor-Endkappen aus Maraging-Stahl|classification|DE-2026-X1C8Q-CLS|FR – Licensing|closed|plain closed|A. Hollenbeck · 1 d";

fn rows(words: Words, table: &str) -> Vec<QueueRow> {
    table.lines().filter(|line| !line.is_empty()).map(|line| row(words, line)).collect()
}

fn row(words: Words, line: &str) -> QueueRow {
    let cells: Vec<&str> = line.split('|').collect();
    let [clock, signs, subject, kind, reference, from, until, state, assigned] = cells[..] else {
        panic!("nine cells were expected: {line}");
    };
    let (standing, silence) = standing(clock);
    let (tone, state) = state.split_once(' ').expect("tone and state");
    QueueRow {
        id: reference.to_ascii_lowercase(),
        href: format!("/dossiers/{reference}"),
        select_href: format!("/?selected={reference}"),
        clock: ClockBadge::new(words, &standing, silence, strip(signs)),
        subject: subject.into(),
        unread: matches!(reference, "NL-2026-7KQ4M-STP" | "PL-2026-8ZB3Q-INF"),
        kind: words.code("kind", kind),
        reference: reference.into(),
        from: from.into(),
        until: until.into(),
        state: Tag::new(state, tone_of(tone)),
        assigned: assigned.into(),
        selected: reference == "NL-2026-7KQ4M-STP",
    }
}

fn standing(clock: &str) -> (Standing, Silence) {
    let standing = match clock {
        "over" => Standing::Overdue { days: 2 },
        "today" => Standing::Today { time: "16:30 CET".into() },
        "ends" => Standing::TodayEnds,
        "tomorrow" => Standing::Tomorrow { time: "17:00 CET".into() },
        "unsent" => Standing::NotStarted,
        "answered" => Standing::Answered,
        "due" => Standing::ReleaseDue,
        "none" => Standing::None,
        left => {
            let (days, silence) = left.split_once(' ').expect("days and silence");
            let silence = if silence == "law" { Silence::ByLaw } else { Silence::NoEffect };
            return (Standing::Left { days: days.parse().expect("days") }, silence);
        }
    };
    (standing, Silence::NoEffect)
}

fn tone_of(word: &str) -> Tone {
    let tones =
        [Tone::Plain, Tone::Accent, Tone::Law, Tone::Warn, Tone::Late, Tone::Done, Tone::Draft];
    tones.into_iter().find(|tone| tone.class() == word).expect("a tone")
}

pub(super) fn facts() -> Vec<Fact> {
    vec![
        Fact {
            label: "Exporter".into(),
            lines: vec![
                Rich::new().strong("Feinwerk Donau Messsysteme GmbH"),
                Rich::text("Regensburg · ").code("DE471120883"),
            ],
        },
        Fact {
            label: "Consignee, destination".into(),
            lines: vec![
                Rich::new().strong("Sary-Arka Avtomatika TOO"),
                "Almaty, Kazakhstan".into(),
            ],
        },
        Fact {
            label: "Item".into(),
            lines: vec![
                "Integrated circuits, −55 to +125 °C".into(),
                Rich::new().code("8542 31 90").and(" · ").code("3A001.a.2"),
            ],
        },
        Fact {
            label: "How much".into(),
            lines: vec!["2,400 pieces · 18.6 kg".into(), "EUR 412,800".into()],
        },
        Fact {
            label: "Licence, end use".into(),
            lines: vec![Rich::new().code("X060 DE-26-118274-E"), "box 19: flow meters".into()],
        },
        Fact {
            label: "Held at".into(),
            lines: vec![
                "Rotterdam Maasvlakte".into(),
                Rich::new().code("NL000510"),
                "since Tue 10 Nov, 16:45 CET".into(),
            ],
        },
    ]
}

fn drawer(words: Words) -> Drawer {
    let clock = ClockBadge::new(
        words,
        &Standing::Left { days: 1 },
        Silence::ByLaw,
        strip("uu..uuuuu..utl"),
    );
    Drawer {
        kind: Tag::new(words.code("kind", "stop"), Tone::Law).with_icon(Icon::Scales),
        reference: "NL-2026-7KQ4M-STP".into(),
        subject: "Integrated circuits for Almaty held at Rotterdam".into(),
        clock,
        silence: "Silence ends ground 21(3)(a)(i). A second ground stands until Thu 26 Nov.".into(),
        facts: facts(),
        note: Some(DrawerNote {
            title: "Internal · Germany – Licensing only".into(),
            text: "Box 19 says flow meters; 2,400 pieces are three years of their output. Asked desk 3.".into(),
        }),
        audience: AudienceLine {
            text: Rich::new().strong("Netherlands – Customs").and(" and ").strong("Germany – Licensing").and(" see this stop. Nobody else knows of it."),
        },
        buttons: vec![
            Button::link("Answer", "/dossiers/x?do=answer").primary().key('r'),
            Button::link("Open", "/dossiers/x"),
            Button::post("Acknowledge", "/dossiers/x/acknowledge", &[("version", "v1")]),
        ],
        offered: true,
        close_href: "/".into(),
    }
}
