//! Who answers this, now: the units that fit a question, the best first.

use jiff::Timestamp;

use super::words::words;
use super::{Competence, Directory, Language, LicencePattern, Opening, Unit, UnitKind};
use crate::calendar::{CalendarError, Calendars, day_in_zone};
use crate::codes::{CustomsOffice, LicenceNumber, State};
use crate::ids::UnitId;

/// Shortest word of which the beginning is enough to find a name.
const PREFIX_LENGTH_MIN: usize = 4;

/// What somebody wants to know: every field narrows or orders the answers.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Question {
    /// The unit that was named.
    pub unit: Option<UnitId>,
    /// The State: its units come first; without a function or language it has to be this one.
    pub state: Option<State>,
    /// The sort of authority; offices and desks go with theirs.
    pub kind: Option<UnitKind>,
    /// What is asked: only units that answer it.
    pub function: Option<Competence>,
    /// The customs office concerned: it, and the authority that it is a part of.
    pub office: Option<CustomsOffice>,
    /// The licence concerned: the authority that numbers its licences so.
    pub licence: Option<LicenceNumber>,
    /// A language: only units that speak it.
    pub language: Option<Language>,
    /// When: now where absent.
    pub at: Option<Timestamp>,
    /// Words to look for in the names of offices and desks.
    pub text: String,
}

impl Question {
    /// Says whether nothing was asked.
    pub fn is_empty(&self) -> bool {
        *self == Self { at: self.at, ..Self::default() }
    }
}

/// A unit that answers.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Answer {
    /// The unit.
    pub unit: UnitId,
    /// Why it is among the answers, the weightiest reason first.
    pub reasons: Vec<Reason>,
    /// Whether somebody is there at the time asked for.
    pub opening: Result<Opening, CalendarError>,
    /// The weight of the reasons together; it orders the answers.
    pub score: u32,
}

/// Why a unit is an answer.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Reason {
    /// It was named.
    Named,
    /// It is the customs office asked for.
    Office(CustomsOffice),
    /// The licence is numbered like those that it grants.
    IssuedLicence(LicencePattern),
    /// The customs office asked for is a part of it.
    AboveOffice(CustomsOffice),
    /// It is of the State asked for.
    OfState(State),
    /// It answers what is asked.
    Competent(Competence),
    /// Its name has this word.
    NameHas(String),
    /// It speaks the language asked for.
    Speaks(Language),
    /// Somebody is there at the time asked for.
    OpenThen,
    /// It is a part of an authority that deals with little else.
    Specialised,
    /// Somebody can be called at the time asked for.
    NightContact,
}

impl Reason {
    const fn weight(&self) -> u32 {
        match self {
            Reason::Named | Reason::Office(_) => 1000,
            Reason::IssuedLicence(_) => 500,
            Reason::AboveOffice(_) => 400,
            Reason::OfState(_) => 200,
            Reason::Competent(_) => 100,
            Reason::NameHas(_) => 60,
            Reason::Speaks(_) => 40,
            Reason::OpenThen => 20,
            Reason::Specialised => 10,
            Reason::NightContact => 5,
        }
    }

    /// Says whether the reason is enough, whatever else was asked.
    const fn settles(&self) -> bool {
        match self {
            Reason::Named
            | Reason::Office(_)
            | Reason::IssuedLicence(_)
            | Reason::AboveOffice(_) => true,
            Reason::OfState(_)
            | Reason::Competent(_)
            | Reason::NameHas(_)
            | Reason::Speaks(_)
            | Reason::Specialised
            | Reason::OpenThen
            | Reason::NightContact => false,
        }
    }
}

impl Directory {
    /// The units that fit `question`, the best first; of equals the licensing authorities before
    /// customs before their parts, then the first by id. Nothing asked, nothing found.
    pub fn find(&self, question: &Question, now: Timestamp, calendars: &Calendars) -> Vec<Answer> {
        let at = question.at.unwrap_or(now);
        let mut answers: Vec<(UnitKind, Answer)> = self
            .units()
            .filter(|unit| unit.exists_on(day_in_zone(at, &unit.zone)))
            .filter_map(|unit| {
                let mut reasons = self.reasons(question, unit)?;
                let opening = unit.opening(at, calendars);
                match &opening {
                    Ok(Opening::Open { .. }) => reasons.push(Reason::OpenThen),
                    Ok(Opening::NightContactOnly { .. }) => reasons.push(Reason::NightContact),
                    Ok(Opening::ClosedUntil { .. } | Opening::ClosedToday { .. }) | Err(_) => {}
                }
                reasons.sort();
                let score = reasons.iter().map(Reason::weight).sum();
                Some((unit.kind, Answer { unit: unit.id.clone(), reasons, opening, score }))
            })
            .collect();
        answers.sort_by(|(kind_a, a), (kind_b, b)| {
            (b.score, kind_a, &a.unit).cmp(&(a.score, kind_b, &b.unit))
        });
        answers.into_iter().map(|(_, answer)| answer).collect()
    }

    /// Why the unit is an answer; absent if it is none.
    fn reasons(&self, question: &Question, unit: &Unit) -> Option<Vec<Reason>> {
        let mut reasons = self.settling_reasons(question, unit);
        let settled = reasons.iter().any(Reason::settles);
        let names: Vec<String> = unit.name.values().flat_map(|name| words(name)).collect();
        let heard = words(&question.text).into_iter().filter(|word| is_in(word, &names));
        reasons.extend(heard.map(Reason::NameHas));
        let of_state = question.state.filter(|state| unit.state == Some(*state));
        reasons.extend(of_state.map(Reason::OfState));
        let competent = question.function.filter(|function| unit.competences.contains(function));
        reasons.extend(competent.map(Reason::Competent));
        let speaks = question.language.filter(|language| unit.languages.contains(language));
        reasons.extend(speaks.map(Reason::Speaks));
        if competent.is_some() && unit.parent.is_some() {
            reasons.push(Reason::Specialised);
        }
        let of_kind = question
            .kind
            .is_none_or(|kind| self.authority(&unit.id).is_some_and(|root| root.kind == kind));
        let narrowed = of_kind
            && (question.function.is_none() || competent.is_some())
            && (question.language.is_none() || speaks.is_some());
        // A State alone means its units; with a function, units of others follow behind.
        let asked = of_state.is_some()
            || competent.is_some()
            || reasons.iter().any(|reason| matches!(reason, Reason::NameHas(_)))
            || (question.state.is_none() && (speaks.is_some() || question.kind.is_some()));
        (settled || (narrowed && asked)).then_some(reasons)
    }

    fn settling_reasons(&self, question: &Question, unit: &Unit) -> Vec<Reason> {
        let mut reasons = Vec::new();
        if question.unit.as_ref() == Some(&unit.id) {
            reasons.push(Reason::Named);
        }
        if let Some(office) = question.office {
            if unit.id.as_str() == office.as_str() {
                reasons.push(Reason::Office(office));
            } else if self.is_above(unit, office) {
                reasons.push(Reason::AboveOffice(office));
            }
        }
        let pattern = question
            .licence
            .as_ref()
            .and_then(|licence| unit.licence_patterns.iter().find(|own| own.matches(licence)));
        reasons.extend(pattern.cloned().map(Reason::IssuedLicence));
        reasons
    }

    /// Says whether the office is a part of the unit; of an office that is not in the directory,
    /// whether the unit is the customs authority of its State.
    fn is_above(&self, unit: &Unit, office: CustomsOffice) -> bool {
        let known = office.as_str().parse().ok().filter(|id| self.unit(id).is_some());
        if let Some(id) = known {
            self.contains(&unit.id, &id)
        } else {
            let state = office.country().and_then(State::from_country);
            unit.kind == UnitKind::Customs && state.is_some() && unit.state == state
        }
    }
}

fn is_in(word: &str, names: &[String]) -> bool {
    let beginning = word.chars().count() >= PREFIX_LENGTH_MIN;
    names.iter().any(|name| name == word || (beginning && name.starts_with(word)))
}
