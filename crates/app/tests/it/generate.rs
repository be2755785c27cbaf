//! Random scripts, made while they are played: each step is one that makes sense to whoever takes
//! it, most of the time.

use crate::fixtures::{Dice, PEOPLE, viewer};
use crate::requests;
use crate::script::{Act, Doing, Eyes, Notices, Number, Sent, Step, World};
use app::dossiers::{Run, Then};
use catalogue::ids::DossierId;
use domain::command::Readers;
use domain::event::Kind;
use jiff::{SignedDuration, Timestamp, civil::Date, tz::TimeZone};

/// So many dossiers are opened by people at most.
const DOSSIERS_MAX: usize = 7;
/// Ids of commands are drawn from so few that people hit upon the same.
const IDS: usize = 40;

/// What the maker of a script knows of it so far.
#[derive(Clone, Debug, Default)]
pub(crate) struct Known {
    /// The dossiers, with their kinds, in the order in which they were opened.
    pub(crate) dossiers: Vec<(DossierId, Kind)>,
    /// The steps that asked for consent.
    pub(crate) asks: Vec<(Number, DossierId)>,
    /// The steps that can be sent again.
    pub(crate) tried: Vec<(Number, usize)>,
}

fn id(dice: &mut Dice) -> u8 {
    u8::try_from(dice.below(IDS)).unwrap()
}

fn today(now: Timestamp) -> Date {
    now.to_zoned_datetime(TimeZone::UTC).date()
}

/// The next step of a script.
pub(crate) fn step(dice: &mut Dice, world: &World, known: &Known, number: Number) -> Step {
    let who = dice.below(PEOPLE.len());
    let now = world.node.app.clock().now();
    let begun = known.dossiers.len();
    let share = dice.below(100);
    let act = match share {
        0..12 => clock(dice, now),
        12..15 => Act::Tell,
        15..19 => Act::List,
        19..23 if !known.tried.is_empty() => {
            let (step, who) = *dice.one(&known.tried);
            let request = if dice.percent(70) { Sent::Same } else { Sent::Other };
            return Step { who, act: Act::Again { step, request }, id: 0 };
        }
        _ if begun == 0 || (begun < DOSSIERS_MAX && share < 38) => {
            let kind = *dice.one(Kind::ALL);
            let given = requests::request(dice, kind, number, today(now));
            Act::Create {
                kind,
                given,
                then: if dice.percent(70) { Then::Send } else { Then::Keep },
            }
        }
        _ => {
            let (on, kind) = *dice.one(&known.dossiers);
            // Most of the time somebody acts for whom the dossier exists.
            let seers: Vec<usize> = (0..PEOPLE.len())
                .filter(|who| world.node.app.look(viewer(*who), on).is_ok())
                .collect();
            let who = if dice.percent(92) && !seers.is_empty() { *dice.one(&seers) } else { who };
            let act = if dice.percent(14) {
                Act::Open { on }
            } else {
                doing(dice, world, known, (number, who, on, kind))
            };
            return Step { who, act, id: id(dice) };
        }
    };
    Step { who, act, id: id(dice) }
}

fn clock(dice: &mut Dice, now: Timestamp) -> Act {
    let further = match dice.below(5) {
        0 => SignedDuration::from_mins(7),
        1 => SignedDuration::from_hours(9),
        2 => SignedDuration::from_hours(4 * 24),
        3 => SignedDuration::from_hours(16 * 24),
        _ => SignedDuration::from_secs(1),
    };
    let notices = if dice.percent(40) { Notices::AtOnce } else { Notices::Later };
    Act::Clock { to: now + further, notices }
}

/// What somebody does on a dossier: as a rule something that is possible.
pub(crate) fn doing(
    dice: &mut Dice,
    world: &World,
    known: &Known,
    (number, who, on, kind): (Number, usize, DossierId, Kind),
) -> Act {
    let app = &world.node.app;
    let now = app.clock().now();
    let seen = app.look(viewer(who), on).ok();
    let possible = seen.as_ref().map(|seen| app.possible(viewer(who), &seen.dossier).unwrap());
    let possible: Vec<&str> = possible
        .iter()
        .flatten()
        .filter(|one| one.refusal.is_none() || dice.percent(8))
        .map(|one| one.name)
        .collect();
    let asks: Vec<Number> = known.asks.iter().filter(|ask| ask.1 == on).map(|ask| ask.0).collect();
    let what = match dice.below(100) {
        0..18 => named(dice, kind, "note", number, now),
        18..23 => named(dice, kind, "assign", number, now),
        23..28 => Doing::Attach(*dice.one(&[Readers::OwnAuthority, Readers::Everyone])),
        28..33 => Doing::Edit(requests::request(dice, kind, number, today(now))),
        33..45 if !asks.is_empty() => {
            let decision = if dice.percent(70) { "granted" } else { "refused" };
            Doing::Consent { ask: *dice.one(&asks), decision }
        }
        45..52 => named(dice, kind, "share", number, now),
        52..56 => named(dice, kind, "withdraw", number, now),
        _ if possible.is_empty() => named(dice, kind, "message", number, now),
        _ => {
            let name = *dice.one(&possible);
            named(dice, kind, name, number, now)
        }
    };
    let eyes = match dice.below(10) {
        0..5 => Eyes::Unsaid,
        5..8 => Eyes::Now,
        _ => Eyes::Last,
    };
    let run = if dice.percent(5) { Run::Dry } else { Run::Real };
    Act::Do { on, kind, what, eyes, run }
}

fn named(dice: &mut Dice, kind: Kind, name: &str, number: Number, now: Timestamp) -> Doing {
    let given = requests::given(dice, kind, name, number, today(now));
    Doing::Named { name: name.to_owned(), given }
}
