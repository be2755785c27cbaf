//! The notice: a decision that others' customs must act on.
//!
//! Sent ─inform, by each recipient→ until all have informed their customs → Answered
//! ─close→ Closed. Recipients have a duty to inform their customs; no law gives it a clock, so the
//! ten working days are a date to work by. Sources: Art. 4-10, 12(7), 21(4).

use super::item::Party;
use super::{Plan, Turn, YesNo};
use crate::body::Summary;
use crate::deadline::{self, Length, Terms};
use crate::decide::{Actor, Context, Opening};
use crate::dossier::Dossier;
use crate::event::{Basis, Ground, Kind, Silence, What, words};
use crate::form::{Text, choice, form};
use crate::refusal::Refusal;
use catalogue::authorities::{Group, UnitKind};
use catalogue::codes::{Cn8, ControlCode, Country};
use catalogue::ids::UnitId;
use jiff::civil::Date;
use serde_json::{Value, json};

words! {
    /// What has been decided.
    Matter {
        /// An authorisation was required under Article 4, 5, 6, 7 or 8.
        CatchAll = "catch_all",
        /// An authorisation is required because of a national list (Article 10(3)).
        NationalList = "national_list",
        /// An exporter may not use general authorisations (Article 12(7)).
        BarredExporter = "barred_exporter",
        /// What a consulted authority answered to a border stop (Article 21(4)).
        StopAnswered = "stop_answered",
        /// A person or company has been cleared.
        Cleared = "cleared",
    }
}
choice!(Matter = "notice-matter");

form! {
    /// A decision to be made known.
    pub struct NoticeForm = "notice" {
        /// What has been decided.
        [summary] matter: Matter,
        /// The decision, and what others' customs are to do.
        [summary] text: Text<8000>,
        /// The article it rests on, such as 4(1)(b).
        article: Option<Text<40>>,
        /// Commodity codes that help to find such goods.
        cn8: Option<Vec<Cn8>>,
        /// Entries of Annex I.
        control_codes: Option<Vec<ControlCode>>,
        /// The parties concerned.
        parties: Option<Vec<Party>>,
        /// The destinations concerned.
        destinations: Option<Vec<Country>>,
        /// From when it applies.
        valid_from: Option<Date>,
        /// Until when it applies.
        valid_until: Option<Date>,
        /// The reference in the Commission's dual-use electronic system, which stays the register.
        dues_reference: Option<Text<60>>,
    }
}

form! {
    /// What a recipient has done with the notice.
    pub struct Inform = "notice-inform" {
        /// On which day it informed its customs.
        informed_on: Date,
        /// Whether it imposes a requirement of its own.
        own_requirement: YesNo,
        /// More, in words.
        remark: Option<Text<4000>>,
    }
}

super::kind_commands! {
    /// What only a notice knows.
    Command {
        "inform" => Inform(Inform),
    }
}

/// What follows from sending: each recipient has a date to work by in its own calendar. The
/// Commission is a recipient without a duty to inform customs.
pub(super) fn plan(
    _form: &NoticeForm,
    to: &[UnitId],
    context: &Context<'_>,
) -> Result<Plan, Refusal> {
    let has_customs =
        |unit: &&UnitId| context.directory.unit(unit).is_some_and(|found| found.state.is_some());
    let asked: Vec<&UnitId> = to.iter().filter(has_customs).collect();
    let terms = Terms { ground: Ground::Request, basis: Basis::Local, silence: Silence::Nothing };
    let clocks =
        asked.iter().map(|unit| deadline::clock(terms, Length::WorkingDays(10), unit, context));
    let clocks = clocks.collect::<Result<_, _>>()?;
    Ok(Plan { asked: asked.into_iter().cloned().collect(), clocks })
}

/// What a list shows of it: the first line of the text.
pub(super) fn summary(form: &Value) -> Summary {
    let title = super::text_at(form, "/text")
        .and_then(|text| text.lines().next())
        .map(|line| super::cut(line, 160));
    let facts = super::facts(
        form,
        &[
            ("matter", "/matter"),
            ("article", "/article"),
            ("consignee", "/parties/0/name"),
            ("destination", "/destinations/0"),
            ("cn8", "/cn8/0"),
        ],
    );
    Summary { title, facts, assigned: None }
}

/// Decides what follows when a recipient has informed its customs.
///
/// # Errors
/// Not a recipient with a duty, not awaited, or a day to come.
pub(super) fn decide(
    dossier: &Dossier,
    actor: &Actor,
    command: &Command,
    context: &Context<'_>,
) -> Result<Turn, Refusal> {
    let standing = &dossier.standing;
    let Command::Inform(inform) = command;
    if !standing.state.awaits_answer() {
        return Err(Refusal::NotNow { command: "inform", state: standing.state });
    }
    let unit = actor.asked_unit(standing)?;
    let change = super::answered_by(standing, &unit, context.now, What::Informed);
    Ok(Turn::given_by(change, inform, &unit))
}

/// The draft by which the consulted authority informs the other States and the Commission of what
/// it answered to a stop (Article 21(4)).
///
/// It names neither the stop's reference nor its asker, of which the others need not know.
pub(super) fn after_stop(
    stop: &Dossier,
    answer: super::stop::StopAnswer,
    actor: &Actor,
    context: &Context<'_>,
) -> Opening {
    let form = stop.form();
    let item = form.pointer("/items/0").unwrap_or(&Value::Null);
    let is_recipient = |unit: &UnitId| {
        let kind = context.directory.unit(unit).map(|found| found.kind);
        *unit != actor.authority && matches!(kind, Some(UnitKind::Licensing | UnitKind::Commission))
    };
    let today = context.now.to_zoned_datetime(jiff::tz::TimeZone::UTC).date();
    let to: Vec<UnitId> = context
        .directory
        .group(Group::AllAndCommission, today)
        .into_iter()
        .filter(is_recipient)
        .collect();
    let list = |pointer: &str| match item.pointer(pointer) {
        Some(value) if !value.is_null() => json!([value]),
        _ => Value::Null,
    };
    let parties: Vec<&Value> =
        ["/exporter", "/consignee"].iter().filter_map(|pointer| item.pointer(pointer)).collect();
    let goods = super::text_at(item, "/description").unwrap_or("goods held at the border");
    let text = format!(
        "Article 21(4): {answer} ({goods}).\nAnswer to a consultation by the customs of another Member State."
    );
    let given = json!({
        "to": to,
        "purpose": "Information of the other Member States and the Commission",
        "legal_basis": "2021/821 Art. 21(4)",
        // As it is now: the asker may have tightened it since he sent the stop.
        "handling": stop.handling,
        "form": {
            "matter": Matter::StopAnswered.word(),
            "text": text,
            "article": "21(4)",
            "cn8": list("/cn8"),
            "control_codes": list("/control_code"),
            "destinations": list("/country_of_destination"),
            "parties": parties,
        },
    });
    let note = format!("{} · {answer}", stop.standing.reference);
    Opening { kind: Kind::Notice, given, note: Some(note) }
}
