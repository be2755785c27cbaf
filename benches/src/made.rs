//! Made-up stops between the demonstration's authorities, the same for the same seed.

use anyhow::{Context as _, Result};
use catalogue::ids::{CommandId, DossierId, UnitId};
use domain::audience::Audience;
use domain::body::{Body, Content, Request};
use domain::deadline;
use domain::decide::{self, Approval, Context};
use domain::event::{Change, Clock, EndedBy, Kind, NewEvent, Reference, State, What};
use jiff::{SignedDuration, Timestamp};
use serde_json::{Value, json};
use store::log::append::{Birth, Stamp, Target, Write};
use uuid::Builder;

use crate::node::{NOW, Node, Officer};

/// Numbers that look random and are the same for the same seed (splitmix64, S. Vigna).
#[derive(Clone, Debug)]
pub(crate) struct Draw(u64);

impl Draw {
    /// Begins with a seed.
    pub(crate) const fn new(seed: u64) -> Draw {
        Draw(seed)
    }

    /// The next number.
    pub(crate) const fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }

    /// A number below `end`; 0 where `end` is 0.
    pub(crate) const fn below(&mut self, end: u64) -> u64 {
        match self.next().checked_rem(end) {
            Some(number) => number,
            None => 0,
        }
    }

    /// One of these; none where there are none.
    pub(crate) fn one<'a, T>(&mut self, of: &'a [T]) -> Option<&'a T> {
        let index = self.below(u64::try_from(of.len()).ok()?);
        of.get(usize::try_from(index).ok()?)
    }

    fn bytes(&mut self) -> [u8; 16] {
        let number = u128::from(self.next()) << 64 | u128::from(self.next());
        number.to_be_bytes()
    }

    /// The id of a command.
    pub(crate) fn command(&mut self) -> CommandId {
        CommandId::from_bytes(self.bytes())
    }
}

const FIRST: &[&str] = &[
    "Feinwerk",
    "Nordic",
    "Atelier",
    "Officine",
    "Precisión",
    "Zakład",
    "Strojírny",
    "Lumen",
    "Baltic",
    "Μηχανουργία",
    "Kvarts",
    "Helios",
    "Meridian",
    "Polar",
    "Delta",
    "Iskra",
];
const SECOND: &[&str] = &[
    "Messsysteme",
    "Optics",
    "Mécanique",
    "Fluidodinamica",
    "Sensores",
    "Elektronika",
    "Vacuum",
    "Photonics",
    "Turbines",
    "Ceramics",
    "Avtomatika",
    "Robotics",
    "Composites",
    "Navigation",
];
const CITIES: &[&str] =
    &["Regensburg", "Tampere", "Lyon", "Brescia", "Vigo", "Łódź", "Brno", "Gent"];
const DESTINATIONS: &[(&str, &str)] = &[
    ("KZ", "Almaty"),
    ("AE", "Dubai"),
    ("TR", "İzmir"),
    ("KG", "Bishkek"),
    ("AM", "Yerevan"),
    ("HK", "Hong Kong"),
    ("MY", "Penang"),
    ("IN", "Pune"),
];
const GOODS: &[(&str, &str, &str)] = &[
    ("Integrated circuits, −55 °C to +125 °C", "85423190", "3A001.a.2"),
    ("Pressure transducers of corrosion-resistant alloy", "90262020", "2B230"),
    ("Five-axis machining centre", "84571010", "2B001.b.2"),
    ("Infrared camera core, uncooled", "85258900", "6A003.b.4"),
    ("Carbon fibre prepreg", "68151910", "1C010.e"),
    ("Frequency converter, 600 Hz and more", "85044084", "3A225"),
    ("Diaphragm valves lined with fluoropolymer", "84818085", "2B350.g"),
    ("Gyroscope, fibre optic", "90142080", "7A002"),
];
const WORDS: &[&str] = &[
    "Please send photographs of the type plates and the packing list.",
    "The plates say −55 °C to +125 °C; the pallets are not those of the packing list.",
    "Der Empfänger teilt seine Anschrift mit einem Spediteur, der im Mai aufgefallen ist.",
    "Merci de confirmer le numéro de licence et la quantité déjà imputée.",
    "End use as stated is not plausible: the quantity covers three years of their output.",
];

/// Where stops come from, and to whom they go: two large authorities, the others alike.
#[derive(Clone, Debug)]
struct Routes {
    homes: Vec<UnitId>,
    addressees: Vec<UnitId>,
}

impl Routes {
    fn of(node: &Node) -> Routes {
        let of = |ending: &str, large: &str, times: usize| {
            let mut units: Vec<UnitId> = node
                .officers
                .keys()
                .filter(|unit| unit.as_str().ends_with(ending))
                .cloned()
                .collect();
            let again = units.iter().find(|unit| unit.as_str() == large).cloned();
            units.extend(again.iter().cycle().take(times * again.iter().count()).cloned());
            units
        };
        Routes {
            homes: of("-CUSTOMS", "NL-CUSTOMS", 6),
            addressees: of("-LICENSING", "DE-LICENSING", 10),
        }
    }
}

/// A made-up stop: who asks whom, when, and how far it has come.
#[derive(Clone, Debug)]
pub(crate) struct Stop {
    /// Its id.
    pub(crate) id: DossierId,
    /// How it is cited.
    pub(crate) reference: Reference,
    /// The customs authority that holds the goods.
    pub(crate) home: UnitId,
    /// The licensing authority that is asked.
    pub(crate) to: UnitId,
    /// When it was sent.
    pub(crate) at: Timestamp,
    /// Where it stands in the end.
    pub(crate) state: State,
    /// What was typed.
    given: Value,
    clocks: Vec<Clock>,
}

/// Makes stops.
#[derive(Debug)]
pub(crate) struct Maker {
    draw: Draw,
    routes: Routes,
}

impl Maker {
    /// For this node.
    pub(crate) fn new(node: &Node, seed: u64) -> Maker {
        Maker { draw: Draw::new(seed), routes: Routes::of(node) }
    }

    /// A stop sent at `at` that comes as far as `state`.
    pub(crate) fn stop(&mut self, at: Timestamp, state: State) -> Result<Stop> {
        let draw = &mut self.draw;
        let home = draw.one(&self.routes.homes).context("no customs authority")?.clone();
        let to = draw.one(&self.routes.addressees).context("no licensing authority")?.clone();
        let id = DossierId::from_uuid(Builder::from_random_bytes(draw.bytes()).into_uuid());
        let number = u32::try_from(draw.below(1 << 25))?;
        let state_code = home.as_str().get(..2).unwrap_or("EU");
        let reference = Reference::new(state_code, 2026, number, Kind::Stop);
        let given = request(draw, at, state_code, &to)?;
        Ok(Stop { id, reference, home, to, at, state, given, clocks: Vec::new() })
    }

    /// Any number below `end`.
    pub(crate) const fn below(&mut self, end: u64) -> u64 {
        self.draw.below(end)
    }

    /// The id of a command.
    pub(crate) fn command(&mut self) -> CommandId {
        self.draw.command()
    }
}

fn name(draw: &mut Draw) -> Result<String> {
    let first = draw.one(FIRST).context("no words")?;
    let second = draw.one(SECOND).context("no words")?;
    Ok(format!("{first} {second} {}", draw.below(400)))
}

fn request(draw: &mut Draw, at: Timestamp, state: &str, to: &UnitId) -> Result<Value> {
    let (description, cn8, control) = draw.one(GOODS).context("no goods")?;
    let (country, city) = draw.one(DESTINATIONS).context("no destination")?;
    let origin = to.as_str().get(..2).unwrap_or("DE");
    let licence = format!("{origin}-26-{:06}-E", draw.below(1_000_000));
    let mrn = format!("26{state}{:013}{}", draw.below(10_000_000_000_000), draw.below(10));
    let questions = draw.one(WORDS).context("no words")?;
    Ok(json!({
        "to": [to], "purpose": "Border stop under Article 21(3)",
        "legal_basis": "2021/821 Art. 21(3), 25(2)",
        "handling": { "code": "H1", "source": "B", "information": "2" },
        "form": {
            "grounds": ["21(3)(a)(i)"], "office": "NL000510",
            "place": format!("Terminal 4, bay {}", draw.below(200)),
            "suspended_at": at, "licence": licence, "end_use": "flow meters (licence box 19)",
            "questions": questions,
            "items": [{
                "mrn": mrn, "item_number": draw.below(9) + 1, "description": description,
                "cn8": cn8, "control_code": control,
                "exporter": {
                    "name": name(draw)?, "eori": format!("{origin}{:09}", draw.below(1_000_000_000)),
                    "city": draw.one(CITIES), "country": origin },
                "consignee": { "name": name(draw)?, "city": city, "country": country },
                "country_of_destination": country, "net_mass": "18.6",
                "statistical_value": (draw.below(900_000) + 1_000).to_string(),
                "documents": [{ "type": "X060", "reference": licence }],
            }],
        },
    }))
}

impl Stop {
    /// Asks another authority instead.
    pub(crate) fn address_to(&mut self, to: UnitId) {
        if let Some(units) = self.given.get_mut("to") {
            *units = json!([to]);
        }
        self.to = to;
    }

    /// The draft and its sending; `others`: units on the list beside the two.
    pub(crate) fn opening(&mut self, node: &Node, others: &[UnitId]) -> Result<Write> {
        let actor = &home_of(node, self)?.actor;
        let request = Request { given: self.given.clone(), ..Request::default() };
        let context = Context {
            now: self.at,
            directory: &node.directory,
            calendars: &node.calendars,
            approval: Approval::NotNeeded,
        };
        let mut events = decide::draft(Kind::Stop, request.clone(), None, actor)?;
        events.extend(decide::send(Kind::Stop, &request, &[], actor, &context)?);
        for event in &mut events {
            event.at = Some(self.at);
            if event.change.what == What::Sent {
                event.change.join.extend(others.iter().cloned());
                self.clocks = event.change.clocks.clone().unwrap_or_default();
            }
        }
        let birth =
            Birth { kind: Kind::Stop, reference: self.reference.clone(), home: self.home.clone() };
        Ok(Write { target: Target::New { id: self.id, birth }, events })
    }

    /// What the addressee does: acknowledges, notes, writes and, where it comes so far, answers.
    pub(crate) fn reply(&self, node: &Node) -> Result<Option<Write>> {
        if self.state == State::Sent {
            return Ok(None);
        }
        let officer = node.officers.get(&self.to).context("nobody is asked")?;
        let seen =
            node.store.log().version(&officer.viewer, self.id)?.context("it is not there")?;
        let mut events = vec![
            said(
                officer,
                Audience::Everyone,
                moved(What::Acknowledged, State::Acknowledged),
                Content::Nothing,
            ),
            said(officer, own(officer), Change::of(What::Note), text(3)),
            said(officer, Audience::Everyone, Change::of(What::Message), text(0)),
        ];
        if self.state != State::Acknowledged {
            let given = json!({ "answer": "maintained", "reasoning": "The licence stands and covers the goods." });
            let change = Change {
                clocks: Some(deadline::end(&self.clocks, self.later(50), EndedBy::Answer, |_| {
                    true
                })),
                asked: Some(Vec::new()),
                outcome: Some("maintained".parse()?),
                ..moved(What::Answered, State::Answered)
            };
            events.push(said(officer, Audience::Everyone, change, Content::Given { given }));
        }
        for (hours, event) in [2, 3, 26, 50].into_iter().zip(&mut events) {
            event.at = Some(self.later(hours));
        }
        Ok(Some(Write { target: Target::Existing { id: self.id, seen }, events }))
    }

    /// What became of the goods, where it comes so far.
    pub(crate) fn outcome(&self, node: &Node) -> Result<Option<Write>> {
        if self.state != State::Closed {
            return Ok(None);
        }
        let officer = home_of(node, self)?;
        let seen =
            node.store.log().version(&officer.viewer, self.id)?.context("it is not there")?;
        let change =
            Change { outcome: Some("released".parse()?), ..moved(What::Outcome, State::Closed) };
        let given = json!({ "outcome": "released" });
        let event = said(officer, Audience::Everyone, change, Content::Given { given });
        let event = NewEvent { at: Some(self.later(54)), ..event };
        Ok(Some(Write { target: Target::Existing { id: self.id, seen }, events: vec![event] }))
    }

    /// The number of the licence that it cites.
    pub(crate) fn licence(&self) -> &str {
        self.given.pointer("/form/licence").and_then(Value::as_str).unwrap_or_default()
    }

    /// So many events does it have in the end.
    pub(crate) const fn events(&self) -> u64 {
        match self.state {
            State::Acknowledged => 5,
            State::Answered => 6,
            State::Closed => 7,
            State::Draft
            | State::ForApproval
            | State::Sent
            | State::ReleaseDue
            | State::Overdue
            | State::Withdrawn => 2,
        }
    }

    fn later(&self, hours: i64) -> Timestamp {
        self.at.checked_add(SignedDuration::from_hours(hours)).unwrap_or(NOW).min(NOW)
    }
}

fn home_of<'a>(node: &'a Node, stop: &Stop) -> Result<&'a Officer> {
    node.officers.get(&stop.home).context("nobody asks")
}

/// A change of state.
pub(crate) fn moved(what: What, state: State) -> Change {
    Change { state: Some(state), ..Change::of(what) }
}

/// Some words.
pub(crate) fn text(which: usize) -> Content {
    let text = WORDS.get(which % WORDS.len()).copied().unwrap_or_default();
    Content::Text { text: text.to_owned() }
}

/// The audience of an officer's own authority.
pub(crate) fn own(officer: &Officer) -> Audience {
    Audience::only(officer.actor.authority.clone())
}

/// An event that an officer brings about.
pub(crate) fn said(
    officer: &Officer,
    audience: Audience,
    change: Change,
    content: Content,
) -> NewEvent {
    let body = Body { person: Some(officer.actor.name.clone()), content };
    NewEvent { audience, change, at: None, body: body.encode(), summary: None }
}

/// The stamp of a command of an officer.
pub(crate) fn stamp(officer: &Officer, command: CommandId) -> Stamp {
    Stamp {
        by: Some(officer.actor.unit.clone()),
        at: NOW,
        command,
        request: command.to_string().into_bytes(),
    }
}
