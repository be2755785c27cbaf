//! Samples of drafts: a stop filled from a message, an empty one, one with errors, one with every control.

use super::{HOSTILE, LONG, Sample, chrome, marijke, strip};
use crate::view::chrome::{Chrome, Place};
use crate::view::compose::{
    Addressee, ComposePage, DeclarationPicker, DeclaredItem, DraftRow, StartPage,
};
use crate::view::dossier::{AudiencePanel, AudienceRow, Clock, ClockCount, ClocksPanel, Receipts};
use crate::view::form::{
    Choice, Columns, Control, Entry, Field, FormError, FormGroup, FormView, Repeat, RepeatItem,
    Submit, TextKind, Unit, Width,
};
use crate::view::parts::{AudienceLine, Button, FileItem, Icon, Notice, Rich, Step, Tag, Tone};
use crate::words::Language;

pub(crate) fn samples() -> Vec<Sample> {
    let stop = stop("Vacuum pumps, oil-free, with frequency converter");
    let empty = ComposePage { declaration: Some(no_message(None)), ..stop.clone() };
    let refused = ComposePage {
        declaration: Some(no_message(Some(
            "line 14, column 9: `</Declaration>` closes nothing; an export declaration was expected. Ask the declarant for the message again.",
        ))),
        ..stop.clone()
    };
    vec![
        Sample::of("new-stop", &stop),
        Sample::of("new-stop-empty", &empty),
        Sample::of("new-stop-refused-message", &refused),
        Sample::of("new-stop-hostile", &self::stop(HOSTILE)),
        Sample::of("new-stop-long", &self::stop(LONG)),
        Sample::of(
            "information-errors",
            &with_errors(
                "Elektroniktechnikgroßhandelsgesellschaft Świętokrzyskie Sp. z o.o. & Co. <b>Komandytowa</b>",
            ),
        ),
        Sample::of("information-hostile", &with_errors(HOSTILE)),
        Sample::of("classification-every-control", &every_control("Frequency converter")),
        Sample::of("classification-hostile", &every_control(HOSTILE)),
        Sample::of("start", &start("Vacuum pumps for Turkmenistan")),
        Sample::of("start-hostile", &start(HOSTILE)),
    ]
}

fn no_message(error: Option<&str>) -> DeclarationPicker {
    DeclarationPicker {
        filled: None,
        about: None,
        items: Vec::new(),
        error: error.map(Into::into),
        warnings: Vec::new(),
    }
}

fn picker(goods: &str) -> DeclarationPicker {
    let item = |number, description: &str, cn: &str, net: &str, value: &str, documents: &str| {
        DeclaredItem {
            number,
            description: description.into(),
            cn: cn.into(),
            net: net.into(),
            value: value.into(),
            documents: documents.into(),
            chosen: number == 2,
        }
    };
    DeclarationPicker {
        filled: Some("filled from CC515C".into()),
        about: Some(Rich::new().code("26NL000510K7Q2D4A1").and(" · 3 items · item 2 chosen")),
        items: vec![
            item(1, "Flanges, stainless steel", "7307 21 00", "412", "9,160", "–"),
            item(2, goods, "8414 10 89", "286", "148,200", "X060 AT-26-004417"),
            item(3, "Seal sets for the above", "8484 20 00", "4", "2,940", "Y901"),
        ],
        error: None,
        warnings: vec![
            "Item 3: the MRN has 17 signs, 18 were expected; it is kept as it is.".into(),
        ],
    }
}

fn stop_groups(text: &str) -> Vec<FormGroup> {
    vec![item_group(text), hold_group(text)]
}

fn item_group(text: &str) -> FormGroup {
    let country = vec![
        Choice::new("TM", "Turkmenistan (TM)").chosen_if("TM"),
        Choice::new("KZ", "Kazakhstan (KZ)"),
    ];
    FormGroup::titled(
        "Item",
        vec![
            Field::text("/items/0/exporter/name", "Exporter", "Hochvakuumtechnik Mühlviertel GmbH")
                .wide(Width::Half)
                .from("message, exporter"),
            Field::text("/items/0/consignee/name", "Consignee", text)
                .wide(Width::Half)
                .from("message, consignment"),
            Field::new(
                "/items/0/country_of_destination",
                "Destination",
                Control::Select { choices: country },
            )
            .wide(Width::Quarter)
            .from("message, header"),
            Field::code("/items/0/cn8", "Commodity code", "8414 10 89")
                .wide(Width::Quarter)
                .from("message, item 2"),
            Field::code("/items/0/control_code", "Declared control code", "2B231.a")
                .wide(Width::Quarter)
                .optional()
                .from("licence box 16"),
            Field::code("/licence", "Licence cited", "AT-26-004417")
                .wide(Width::Quarter)
                .optional()
                .from("message, document"),
        ],
    )
}

fn grounds() -> Vec<Choice> {
    let ground = |value: &str, label: &str, hint: &str| Choice {
        chosen: matches!(value, "21(3)(a)(i)" | "doubtful_document"),
        ..Choice::new(value, label).hint(hint)
    };
    vec![
        ground("21(3)(a)(i)", "21(3)(a)(i) information not considered", "silence ends this ground"),
        ground("21(3)(a)(ii)", "21(3)(a)(ii) circumstances changed", "silence ends this ground"),
        ground("21(3)(b)", "21(3)(b) possible Art 4(1) action", "silence ends this ground"),
        ground("21(1)", "21(1) no authorisation presented", "no effect of silence"),
        ground("doubtful_document", "Doubtful document", "no effect of silence"),
    ]
}

fn hold_group(text: &str) -> FormGroup {
    let office =
        vec![Choice::new("NL000510", "NL000510 Rotterdam Maasvlakte").chosen_if("NL000510")];
    let files = vec![FileItem {
        name: text.into(),
        note: "2.1 MB".into(),
        href: Some("/attachments/1".into()),
        icon: Icon::Image,
        refused: false,
    }];
    FormGroup::titled(
        "Ground and hold",
        vec![
            Field::new(
                "/grounds",
                "Why are the goods held?",
                Control::Checkboxes { choices: grounds(), columns: Columns::One },
            )
            .help("Several may apply")
            .wide(Width::Half),
            Field::new(
                "/suspended_at/date",
                "Held since",
                Control::Date { value: "24 Nov 2026".into() },
            )
            .wide(Width::Quarter),
            Field::new(
                "/suspended_at/time",
                "Time",
                Control::Time { value: "09:55".into(), zone: "CET".into() },
            )
            .wide(Width::Quarter)
            .from("your office, UTC+1"),
            Field::new("/office", "Office", Control::Select { choices: office })
                .wide(Width::Half)
                .from("your desk"),
            Field::text("/place", "Place", "Terminal 4, bay 112").wide(Width::Half).optional(),
            Field::long("/questions", "Questions", text).optional(),
            Field::new(
                "file",
                "Photographs and documents",
                Control::Files { present: files, accept: String::new() },
            )
            .optional(),
        ],
    )
}

fn stop(text: &str) -> ComposePage {
    let base = chrome(Language::En, "New stop", Place::Stops);
    let select = |name: &str, label: &str, value: &str, shown: &str| {
        Field::new(
            name,
            label,
            Control::Select { choices: vec![Choice::new(value, shown).chosen_if(value)] },
        )
    };
    ComposePage {
        chrome: Chrome { person: Some(marijke()), ..base },
        title: "New stop".into(),
        sub: Rich::text("Draft ").code("NL-2026-P5XD8-STP").and(" · seen by your own authority only until it is sent ·"),
        notices: Vec::new(),
        declaration: Some(picker(text)),
        form: FormView {
            groups: stop_groups(text),
            buttons: vec![Submit::other("Preview as Austria", "preview"), Submit::primary("Send to contact point", "send")],
            autosave: Some("/drafts/x".into()),
            saved: Some("saved 10:41:52 CET".into()),
            hidden: vec![("command".into(), "5f0c".into())],
            ..FormView::new("draft", "/drafts/x")
        },
        side: vec![FormGroup::titled("Handling", vec![
            select("/handling/code", "Handling", "H1", "H1 not in proceedings").wide(Width::Half),
            select("/handling/source", "Source", "B", "B mostly reliable").wide(Width::Half),
            Field::text("/purpose", "Purpose", "stop under Art 21(3)"),
            Field::text("/legal_basis", "Legal basis", "2021/821 Art. 21, 25(2)"),
        ])],
        addressee: Some(Addressee {
            aside: "proposed".into(),
            name: "Austria – Licensing".into(),
            opening: Tag::new("open until 16:00 CET", Tone::Done),
            reason: Rich::text("Because ").code("AT-26-004417").and(" has the form of Austrian licence numbers, and the licence is the one cited. German, English."),
            change: Some(FormGroup::of(vec![select("/to", "Ask another authority", "AT-LICENSING", "Austria – Licensing")])),
        }),
        clocks: Some(starting_clocks()),
        silence: Some(Rich::new().strong("If nobody answers by the end of Wed 9 Dec, CET:").and(" this ground ends and the system records it. Release is due only once no other ground stands.")),
        audience: AudiencePanel {
            title: "Who will see this".into(),
            receipts: Receipts::NotYet,
            view_as: None,
            rows: vec![
                AudienceRow { authority: "Netherlands – Customs".into(), delivered: "you".into(), opened: String::new() },
                AudienceRow { authority: "Austria – Licensing".into(), delivered: "all desks".into(), opened: String::new() },
            ],
            line: AudienceLine { text: Rich::text("Nobody else: not your licensing authority, the Commission or the secretariat. ").strong("First stop you send to Austria.") },
        },
    }
}

fn starting_clocks() -> ClocksPanel {
    let count = |label: &str, signs, day: &str, warning: Option<&str>| ClockCount {
        label: label.into(),
        strip: strip(signs),
        day: day.into(),
        note: "end of day, CET".into(),
        warning: warning.map(Into::into),
    };
    ClocksPanel {
        aside: "start when sent".into(),
        clocks: vec![
            Clock {
                title: "21(3)(a)(i) · 10 working days · Art 21(4)".into(),
                tone: Tone::Law,
                counts: vec![
                    count("Austria", "lll..lllll..lol", "Wed 9 Dec", None),
                    count("Netherlands", "lll..lllll..ll", "Tue 8 Dec", Some("earlier, warns")),
                ],
                silence: "Silence ends this ground.".into(),
                holidays: Some("8 December, Mariä Empfängnis, is a holiday in Austria. The day of sending does not count.".into()),
                ended: false,
            },
            Clock {
                title: "Doubtful document · set by you · local".into(),
                tone: Tone::Plain,
                counts: vec![count("Austria", "lll..lll", "Wed 2 Dec", None)],
                silence: "Silence makes it overdue, never release due.".into(),
                holidays: None,
                ended: true,
            },
        ],
    }
}

fn with_errors(text: &str) -> ComposePage {
    let error = |name: &str, text: &str| FormError { name: name.into(), text: text.into() };
    let base = stop(text);
    ComposePage {
        title: "Ask for information".into(),
        sub: Rich::text("Draft ").code("DE-2026-9VC4L-INF").and(" · everything you typed is here, nothing has been sent"),
        notices: vec![Notice { tone: Tone::Accent, icon: Icon::Refresh, text: Rich::new().strong("You were signed out at 10:31 and are back.").and(" Your text was kept in the draft. Meanwhile K. Öztürk added gate-photo.jpg to this draft; nothing collides.") }],
        declaration: None,
        form: FormView {
            errors: vec![
                error("/cn8", "Commodity code: 8542 31 9 has 7 digits, eight were expected, such as 8542 31 90"),
                error("/answer_by", "Answer by: Sat 28 Nov is no working day in Poland, the next is Mon 30 Nov"),
                error("file", text),
                error("", "The dossier has changed since you opened it."),
            ],
            groups: vec![FormGroup { entries: faulty_entries(text), ..FormGroup::default() }],
            buttons: vec![Submit::other("Save draft", "save"), Submit::primary("Send", "send")],
            ..base.form.clone()
        },
        addressee: None,
        silence: None,
        ..base
    }
}

fn faulty_entries(text: &str) -> Vec<Entry> {
    let urgency = vec![Choice::new("normal", "Normal, 10 working days").chosen_if("normal")];
    let refused = FileItem {
        name: "pallets.xlsm".into(),
        note: "412 kB".into(),
        href: None,
        icon: Icon::Cross,
        refused: true,
    };
    let question = RepeatItem {
        legend: "Question 1".into(),
        entries: vec![Entry::Field(Field::long("/questions/0/text", "Question", text))],
        remove: Some("Remove question 1".into()),
    };
    vec![
        Entry::Field(
            Field::code("/mrn", "MRN", "26PL424010K7Q2D4A")
                .wide(Width::Half)
                .warning("17 signs; an MRN has 18. You may send it as it is."),
        ),
        Entry::Field(
            Field::code("/cn8", "Commodity code", "8542 31 9")
                .wide(Width::Half)
                .error("7 digits, eight were expected, such as 8542 31 90."),
        ),
        Entry::Field(Field::text("/consignee", "Consignee", text)),
        Entry::Field(
            Field::new("/answer_by", "Answer by", Control::Date { value: "28 Nov 2026".into() })
                .wide(Width::Half)
                .error("Saturday. Take Mon 30 Nov, the next working day there."),
        ),
        Entry::Field(
            Field::new("/urgency", "Urgency", Control::Select { choices: urgency })
                .wide(Width::Half)
                .help("sets the proposed date"),
        ),
        Entry::Repeat(Repeat {
            name: "/questions".into(),
            legend: "Questions".into(),
            items: vec![question],
            add: Some("Another question".into()),
        }),
        Entry::Field(
            Field::new(
                "file",
                "Documents",
                Control::Files { present: vec![refused], accept: String::new() },
            )
            .error(
                "pallets.xlsm was not taken: files with macros are not. Save it as .xlsx or .csv.",
            ),
        ),
    ]
}

fn every_control(text: &str) -> ComposePage {
    let base = with_errors(text);
    ComposePage {
        title: text.into(),
        form: FormView {
            groups: vec![FormGroup {
                title: Some(text.into()),
                aside: Some(text.into()),
                hint: Some(text.into()),
                entries: every_entry(text),
            }],
            errors: Vec::new(),
            ..base.form.clone()
        },
        ..base
    }
}

fn every_entry(text: &str) -> Vec<Entry> {
    let units = vec![Choice::new("Hz", "Hz").chosen_if("Hz"), Choice::new("kHz", "kHz")];
    let yes_no =
        vec![Choice::new("yes", "Yes").chosen_if("yes"), Choice::new("no", "No").hint("say why")];
    let parameter = RepeatItem {
        legend: "Parameter 1".into(),
        entries: vec![
            Entry::Field(Field::text("/parameters/0/name", "Name", text).wide(Width::Half)),
            Entry::Field(
                Field::new(
                    "/parameters/0/value",
                    "Value",
                    Control::Amount {
                        value: text.into(),
                        unit: Unit::Chosen { name: "/parameters/0/unit".into(), choices: units },
                    },
                )
                .wide(Width::Half),
            ),
        ],
        remove: None,
    };
    let line = |name: &str, label: &str, kind| {
        Field::new(name, label, Control::Text { value: text.into(), kind })
    };
    vec![
        Entry::Words(Rich::text(text)),
        Entry::Group {
            legend: text.into(),
            entries: vec![Entry::Field(
                Field::text("/maker/name", "Maker", text)
                    .help(text)
                    .from(text)
                    .warning(text)
                    .error(text),
            )],
        },
        Entry::Repeat(Repeat {
            name: "/parameters".into(),
            legend: "Technical parameters".into(),
            items: vec![parameter],
            add: None,
        }),
        Entry::Field(
            Field::new(
                "/mass",
                "Net mass",
                Control::Amount { value: text.into(), unit: Unit::Fixed("kg".into()) },
            )
            .wide(Width::Third),
        ),
        Entry::Field(
            Field::new(
                "/held",
                "Are goods held?",
                Control::Radios { choices: yes_no, columns: Columns::One },
            )
            .wide(Width::Third)
            .error(text),
        ),
        Entry::Field(
            Field::new("/known", "Known already", Control::Shown(Rich::new().code(text)))
                .wide(Width::Third),
        ),
        Entry::Field(line("mail", "Mail", TextKind::Mail).wide(Width::Third)),
        Entry::Field(line("phone", "Telephone", TextKind::Phone).wide(Width::Third)),
        Entry::Field(line("otp", "Six digits", TextKind::OneTime).wide(Width::Third)),
    ]
}

fn start(text: &str) -> StartPage {
    let kind = |name: &str, what: &str, href: &str| Step {
        text: Rich::new().strong(name).and(" ").quiet(what),
        button: Some(Button::link(name, href)),
    };
    StartPage {
        chrome: chrome(Language::En, "New request", Place::Elsewhere),
        title: "New request".into(),
        kinds: vec![
            kind(
                "Stop",
                "Goods are held; ask who granted, or could require, the licence.",
                "/new/stop",
            ),
            kind(
                "Classification",
                "Is this item on Annex I, or caught by a catch-all?",
                "/new/classification",
            ),
            kind("Document", "Is this licence or statement genuine and valid?", "/new/document"),
            kind(
                "Information",
                "Any other request for information or assistance.",
                "/new/information",
            ),
            kind(
                "Notice",
                "Make a decision known that others’ customs must act on.",
                "/new/notice",
            ),
        ],
        drafts: vec![DraftRow {
            reference: "NL-2026-P5XD8-STP".into(),
            subject: text.into(),
            last: "T. van den Berg, Tue 24 Nov, 10:41 CET".into(),
            href: "/drafts/x".into(),
        }],
    }
}
