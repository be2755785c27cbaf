//! Samples of a dossier: the two views of one stop, each tab, empty, hostile and long.

use super::queue::facts;
use super::{HOSTILE, LONG, Sample, chrome, marijke, strip};
use crate::view::chrome::{Chrome, Place};
use crate::view::dossier::{
    ActPanel, Actor, AudiencePanel, AudienceRow, Clock, ClockCount, ClocksPanel, Detail,
    DetailGroup, DocumentRow, DossierHead, DossierLink, DossierPage, Matrix, MatrixRow, Note,
    NotesPanel, Panel, Receipts, Said, Side, SideOrder, Tab, TimelineEntry,
};
use crate::view::form::{
    Choice, Columns, Control, Entry, Field, FormGroup, FormView, Submit, Width,
};
use crate::view::parts::{AudienceLine, Button, Fact, FileItem, Icon, Notice, Rich, Tag, Tone};
use crate::words::Language;

pub(crate) fn samples() -> Vec<Sample> {
    let customs = rotterdam();
    let licensing = germany();
    let with =
        |panel: Panel| DossierPage { panel, write: None, latest: Vec::new(), ..customs.clone() };
    let empty = DossierPage {
        notices: Vec::new(),
        facts: Vec::new(),
        clocks: None,
        notes: None,
        links: Vec::new(),
        ..with(Panel::Conversation(Vec::new()))
    };
    let german =
        DossierPage { chrome: chrome(Language::De, "Anhaltung", Place::Stops), ..customs.clone() };
    vec![
        Sample::of("stop-rotterdam", &customs),
        Sample::of("stop-germany", &licensing),
        Sample::of("stop-german", &german),
        Sample::of("stop-declaration", &with(Panel::Details(details("18.6 kg")))),
        Sample::of("stop-documents", &with(Panel::Documents(documents("typeplate-1.jpg")))),
        Sample::of("stop-no-documents", &with(Panel::Documents(Vec::new()))),
        Sample::of(
            "stop-history",
            &with(Panel::History {
                entries: history("Germany – Licensing acknowledged"),
                verified: "verified up to entry 14".into(),
            }),
        ),
        Sample::of("information-matrix", &with(Panel::Matrix(matrix("yes")))),
        Sample::of("dossier-empty", &empty),
        Sample::of("dossier-hostile", &filled_with(HOSTILE)),
        Sample::of("dossier-long", &filled_with(LONG)),
        Sample::of("dossier-hostile-matrix", &with(Panel::Matrix(matrix(HOSTILE)))),
        Sample::of(
            "dossier-hostile-history",
            &with(Panel::History { entries: history(HOSTILE), verified: HOSTILE.into() }),
        ),
        Sample::of("dossier-hostile-details", &with(Panel::Details(details(HOSTILE)))),
        Sample::of("dossier-hostile-documents", &with(Panel::Documents(documents(HOSTILE)))),
    ]
}

fn filled_with(text: &str) -> DossierPage {
    let mut page = rotterdam();
    page.head.title = text.into();
    page.head.handling = text.into();
    page.head.reference = text.into();
    page.notices = vec![Notice {
        tone: Tone::Warn,
        icon: Icon::Clock,
        text: Rich::new().strong(text).and(text),
    }];
    page.facts = (0..6).map(|_| Fact::new(text, Rich::text(text).code(text))).collect();
    page.panel = Panel::Conversation(vec![Said {
        who: text.into(),
        when: text.into(),
        side: Side::Theirs,
        text: vec![text.into()],
        lang: Some("de".into()),
        files: vec![file(text, text)],
    }]);
    page.audience.rows =
        vec![AudienceRow { authority: text.into(), delivered: text.into(), opened: text.into() }];
    page.audience.line = AudienceLine { text: text.into() };
    page.notes = Some(NotesPanel {
        only: text.into(),
        notes: vec![Note { who: text.into(), when: text.into(), text: text.into() }],
        form: Some(note_form()),
    });
    page.write = Some(message_form(text));
    page.links = vec![DossierLink {
        why: text.into(),
        reference: text.into(),
        subject: text.into(),
        href: "/dossiers/x".into(),
    }];
    page
}

fn file(name: &str, note: &str) -> FileItem {
    FileItem {
        name: name.into(),
        note: note.into(),
        href: Some("/attachments/1".into()),
        icon: Icon::Image,
        refused: false,
    }
}

fn head(buttons: Vec<Button>, handling: &str) -> DossierHead {
    DossierHead {
        kind: Tag::new("Stop", Tone::Law).with_icon(Icon::Scales),
        reference: "NL-2026-7KQ4M-STP".into(),
        state: Tag::new("acknowledged", Tone::Warn),
        handling: handling.into(),
        title: "Integrated circuits for Almaty held at Rotterdam".into(),
        buttons,
    }
}

fn tabs(current: &str, labels: &[(&str, Option<u32>)]) -> Vec<Tab> {
    let tab = |(label, count): &(&str, Option<u32>)| Tab {
        label: (*label).into(),
        count: *count,
        href: format!("/dossiers/x?tab={}", label.to_lowercase()),
        current: *label == current,
    };
    labels.iter().map(tab).collect()
}

fn rotterdam() -> DossierPage {
    let base = chrome(Language::En, "NL-2026-7KQ4M-STP", Place::Stops);
    DossierPage {
        chrome: Chrome {
            person: Some(marijke()),
            print_head: Some("NL-2026-7KQ4M-STP · H1".into()),
            ..base
        },
        head: head(
            vec![
                Button::link("Share", "/dossiers/x?do=share"),
                Button::link("Add a ground", "/dossiers/x?do=add_ground"),
                Button::unavailable("Record outcome", "An outcome can be recorded once Germany answers, or once every ground has ended."),
            ],
            "H1 · B 2",
        ),
        notices: vec![Notice {
            tone: Tone::Warn,
            icon: Icon::Clock,
            text: Rich::new().strong("Waiting for Germany – Licensing.").and(" By your calendar the hold on ground 21(3)(a)(i) ends today; by the German one, tomorrow. An outcome can be recorded once Germany answers, or once every ground has ended."),
        }],
        facts: facts(),
        tabs: tabs("Conversation", &[("Conversation", Some(3)), ("Declaration", None), ("Documents", Some(4)), ("History", Some(14))]),
        panel: Panel::Conversation(conversation()),
        write: Some(message_form("")),
        clocks: Some(clocks()),
        audience: audience(),
        notes: Some(NotesPanel {
            only: "Netherlands – Customs only".into(),
            notes: vec![Note { who: "T. van den Berg".into(), when: "Mon 23 Nov, 11:30 CET".into(), text: "Terminal storage is paid until Friday. Berth 4 wants the container moved by then.".into() }],
            form: Some(note_form()),
        }),
        order: SideOrder::ClocksFirst,
        links: vec![DossierLink { why: "same consignee".into(), reference: "NL-2026-2HF6P-STP".into(), subject: "Vakuumpumpen Niederrhein".into(), href: "/dossiers/y".into() }],
        latest: history("Germany – Licensing opened this stop again").into_iter().take(3).map(|entry| TimelineEntry { number: None, ..entry }).collect(),
    }
}

fn germany() -> DossierPage {
    DossierPage {
        chrome: chrome(Language::En, "NL-2026-7KQ4M-STP", Place::Stops),
        head: head(
            vec![
                Button::link("Ask back", "/dossiers/x?tab=conversation"),
                Button::link("Extend to 30 days", "/dossiers/x?do=extend"),
                Button::link("Answer", "/dossiers/x?do=answer").key('r'),
            ],
            "H1 · B 2 · assigned to you",
        ),
        notices: vec![Notice {
            tone: Tone::Law,
            icon: Icon::Scales,
            text: Rich::new().strong("Answer by the end of Wed 25 Nov, CET.").and(" Without an answer ground 21(3)(a)(i) ends by silence. Rotterdam’s own count ends today."),
        }],
        tabs: tabs("Answer", &[("Answer", None), ("Conversation", Some(3)), ("Declaration", None), ("Documents", Some(4)), ("History", Some(11))]),
        panel: Panel::Act(ActPanel { title: "Your answer".into(), aside: String::new(), form: answer_form() }),
        write: None,
        notes: Some(NotesPanel {
            only: "Germany – Licensing only".into(),
            notes: vec![
                Note { who: "J. Brandt".into(), when: "Thu 12 Nov, 14:20 CET".into(), text: "Box 19 says flow meters; 2,400 pieces are three years of their output. Asked desk 3.".into() },
                Note { who: "Desk 3, K. Öztürk".into(), when: "Mon 23 Nov, 16:02 CET".into(), text: "Verwendungszweckprüfung: not plausible. Two earlier licences to the same street, both used up within a month.".into() },
            ],
            form: Some(note_form()),
        }),
        order: SideOrder::NotesFirst,
        latest: Vec::new(),
        ..rotterdam()
    }
}

fn conversation() -> Vec<Said> {
    let said = |who: &str, when: &str, side, text: Rich, files| Said {
        who: who.into(),
        when: when.into(),
        side,
        text: vec![text],
        lang: None,
        files,
    };
    vec![
        said("You, Rotterdam Maasvlakte", "Wed 11 Nov, 09:20 CET", Side::Own, Rich::new().strong("Question 1.").and(" Was it known at issue that the consignee shares its address with Tengri Forwarding (your denial pointer ").link("DE-2025-8WZ3C-DEN", "/dossiers/z").and(")? ").strong("Question 2.").and(" Is the enclosed end-user statement the one you hold?"), Vec::new()),
        said("J. Brandt, Germany – Licensing", "Thu 12 Nov, 14:06 CET", Side::Theirs, "Acknowledged. Please send photographs of the type plates and the packing list.".into(), Vec::new()),
        said("You, Rotterdam Maasvlakte", "Fri 13 Nov, 08:51 CET", Side::Own, "Both enclosed. The plates say −55 °C to +125 °C.".into(), vec![file("typeplate-1.jpg", "2.1 MB"), file("typeplate-2.jpg", "1.9 MB"), file("packing-list.pdf", "84 kB")]),
    ]
}

fn message_form(text: &str) -> FormView {
    let attach =
        Field::new("file", "Attach", Control::Files { present: Vec::new(), accept: String::new() })
            .optional();
    FormView {
        groups: vec![FormGroup::of(vec![
            Field::long("/text", "Message to Germany – Licensing", text),
            attach,
        ])],
        buttons: vec![Submit::primary("Send message", "message")],
        audience: Some(AudienceLine { text: "2 authorities will read it".into() }),
        ..FormView::new("message", "/dossiers/x/message")
    }
}

fn note_form() -> FormView {
    FormView {
        groups: vec![FormGroup::of(vec![Field::long("/note", "Another internal note", "")])],
        buttons: vec![Submit::other("Save internal note", "note")],
        ..FormView::new("note", "/dossiers/x/note")
    }
}

fn answer_form() -> FormView {
    let choice = |value: &str, label: &str, hint: &str| {
        Choice::new(value, label).hint(hint).chosen_if("suspended")
    };
    let choices = vec![
        choice("maintained", "Maintained", "ground 21(3)(a)(i) ends"),
        choice("suspended", "Suspended, Art 16(1)", "until you lift it or decide otherwise"),
        choice("modified", "Modified, Art 16(1)", "say what changes"),
        choice("revoked", "Revoked, Art 16(1)", "ends the licence from today"),
        choice("annulled", "Annulled, Art 16(1)", "as if never issued"),
    ];
    let answer = Field::new(
        "/answer",
        "What does Germany decide on licence DE-26-118274-E?",
        Control::Radios { choices, columns: Columns::Two },
    );
    let words = Entry::Words(
        Rich::new().quiet("Art 4(1) answers are not offered: this stop has no ground 21(3)(b)."),
    );
    let text = "The statement presented at Rotterdam names another end user than the one examined (Endverbleibserklärung of 3 August, box 9). The licence is suspended under Art 16(1) until the exporter has explained the difference.";
    let reasoning =
        Field::new("/reasoning", "Reasoning", Control::LongText { value: text.into(), rows: 4 });
    let reply = |n: u32, question: &str| {
        let choices = vec![
            Choice::new("", "–"),
            Choice::new("yes", "Yes"),
            Choice::new("no", "No").chosen_if("no"),
        ];
        Entry::Field(
            Field::new(format!("/replies/{n}"), question, Control::Select { choices })
                .wide(Width::Half),
        )
    };
    FormView {
        groups: vec![FormGroup {
            entries: vec![Entry::Field(answer), words, Entry::Field(reasoning), reply(0, "1. Was the shared address known at issue?"), reply(1, "2. Is the enclosed statement the one you hold?")],
            ..FormGroup::default()
        }],
        audience: Some(AudienceLine { text: Rich::new().strong("Netherlands – Customs").and(" reads this answer at once. A draft notification to the other States and the Commission will wait in your queue; nothing goes to them now.") }),
        buttons: vec![Submit::primary("Send answer", "answer"), Submit::other("Preview as Rotterdam", "preview")],
        autosave: Some("/dossiers/x/draft/answer".into()),
        saved: Some("draft saved 10:41 CET".into()),
        ..FormView::new("answer", "/dossiers/x/answer")
    }
}

pub(super) fn clocks() -> ClocksPanel {
    let count = |label: &str, signs, day: &str, note: &str, warning: Option<&str>| ClockCount {
        label: label.into(),
        strip: strip(signs),
        day: day.into(),
        note: note.into(),
        warning: warning.map(Into::into),
    };
    ClocksPanel {
        aside: "2 grounds".into(),
        clocks: vec![
            Clock {
                title: "21(3)(a)(i) information not considered · law".into(),
                tone: Tone::Law,
                counts: vec![
                    count(
                        "From consultation, German calendar",
                        "uu..uuuuu..utl",
                        "Wed 25 Nov",
                        "end of day, CET",
                        None,
                    ),
                    count(
                        "From suspension, Dutch calendar",
                        "uuu..uuuuu..ut",
                        "Tue 24 Nov",
                        "end of day, CET",
                        Some("today, earlier"),
                    ),
                ],
                silence: Rich::new()
                    .strong("Silence ends this ground.")
                    .and(" While another ground stands, the goods stay held."),
                holidays: None,
                ended: false,
            },
            Clock {
                title: "Doubtful document · agreed · local".into(),
                tone: Tone::Plain,
                counts: vec![count(
                    "German calendar",
                    "uuu..uuuuu..utll",
                    "Thu 26 Nov",
                    "17:00 CET",
                    None,
                )],
                silence: "Silence makes it overdue, never release due.".into(),
                holidays: None,
                ended: false,
            },
        ],
    }
}

fn audience() -> AudiencePanel {
    let row = |authority: &str, delivered: &str, opened: &str| AudienceRow {
        authority: authority.into(),
        delivered: delivered.into(),
        opened: opened.into(),
    };
    AudiencePanel {
        title: "Who sees this".into(),
        view_as: Some(("View as …".into(), "/dossiers/x?as=DE-LICENSING".into())),
        receipts: Receipts::Shown,
        rows: vec![
            row("Netherlands – Customs", "asks", ""),
            row("Germany – Licensing", "11 Nov 09:20", "11 Nov 10:02"),
        ],
        line: AudienceLine { text: "Nobody else knows of it.".into() },
    }
}

fn details(value: &str) -> Vec<DetailGroup> {
    let row = |label: &str, source: Option<&str>| Detail {
        label: label.into(),
        value: Rich::new().and(value).and(" ").code(value),
        source: source.map(Into::into),
    };
    vec![DetailGroup {
        title: "Item 2".into(),
        rows: vec![row("Net mass", Some("message, item 2")), row("Goods", None)],
    }]
}

fn documents(name: &str) -> Vec<DocumentRow> {
    vec![DocumentRow {
        file: file(name, "2.1 MB · JPEG"),
        by: name.into(),
        when: "Fri 13 Nov, 08:51 CET".into(),
        fingerprint: "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08".into(),
    }]
}

fn history(text: &str) -> Vec<TimelineEntry> {
    let entry = |number, text: &str, by| TimelineEntry {
        number: Some(number),
        text: text.into(),
        when: "Fri 13 Nov, 09:14 CET".into(),
        by,
    };
    vec![
        entry(12, text, Actor::Person),
        entry(
            13,
            "T. van den Berg wrote an internal note, Netherlands – Customs only",
            Actor::Internal,
        ),
        entry(14, "Clock 21(3)(a)(i): last working day by the Dutch calendar", Actor::System),
    ]
}

fn matrix(answer: &str) -> Matrix {
    let row = |authority: &str, answers: &[&str]| MatrixRow {
        authority: authority.into(),
        state: Tag::new("2 of 3", Tone::Warn),
        answers: answers.iter().map(|a| (*a).into()).collect(),
    };
    Matrix {
        questions: vec!["Who collected the pallets?".into(), answer.into(), "On which day?".into()],
        rows: vec![
            row("Poland – Customs", &[answer, "unknown", ""]),
            row("Lithuania – Customs", &["", "", ""]),
        ],
        summary: "2 of 6 answers are in".into(),
    }
}
