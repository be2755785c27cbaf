//! Who else gets to see a dossier, who does not any more, and how it may be used.

use super::{Actor, Context, Decision, event, everyone, must_exist, own};
use crate::audience::Audience;
use crate::body::{Content, Disclosure};
use crate::command::{Consent, Share, Withdraw, Word};
use crate::dossier::Dossier;
use crate::event::{Change, What};
use crate::form::Part;
use crate::handling::{Handling, HandlingForm, Marking};
use crate::refusal::Refusal;
use crate::standing::Standing;
use catalogue::ids::UnitId;
use serde_json::Value;
use std::collections::BTreeSet;

pub(super) fn share_with(
    dossier: &Dossier,
    share: &Share,
    actor: &Actor,
    context: &Context<'_>,
) -> Result<Decision, Refusal> {
    let handling = dossier.handling.as_ref().ok_or(Refusal::Destroyed)?;
    let units = newcomers(&dossier.standing, &share.units, context)?;
    let disclosure = Disclosure {
        units: units.clone(),
        purpose: share.purpose.as_str().to_owned(),
        legal_basis: share.legal_basis.as_str().to_owned(),
    };
    if handling.needs_consent() && !actor.is_home(&dossier.standing) {
        let home = dossier.standing.home.clone();
        let pair = BTreeSet::from([actor.authority.clone(), home]);
        let audience = pair.try_into().map_or_else(|_| own(actor), Audience::Only);
        let change = Change::of(What::ConsentAsked);
        let asks = event(actor, audience, change, Content::Disclosure(disclosure));
        return Ok(Decision { events: vec![asks], opens: None });
    }
    let change = Change { join: units, ..Change::of(What::Shared) };
    Ok(everyone(actor, change, Content::Disclosure(disclosure)))
}

/// Those of `units` that are not on the list yet; all must exist.
fn newcomers(
    standing: &Standing,
    units: &[UnitId],
    context: &Context<'_>,
) -> Result<Vec<UnitId>, Refusal> {
    let mut new = Vec::new();
    for unit in units {
        must_exist(unit, context)?;
        if !standing.distribution.contains(unit) && !new.contains(unit) {
            new.push(unit.clone());
        }
    }
    if new.is_empty() { Err(Refusal::AlreadyListed) } else { Ok(new) }
}

pub(super) fn decide_consent(
    dossier: &Dossier,
    consent: &Consent,
    actor: &Actor,
    context: &Context<'_>,
) -> Result<Decision, Refusal> {
    actor.must_be_home(&dossier.standing)?;
    let asked = dossier
        .consents
        .iter()
        .find(|request| request.id.to_string() == consent.request.as_str())
        .ok_or(Refusal::NoConsentRequest)?;
    let pair = dossier.events.iter().find(|event| event.header.id == asked.id);
    let audience = pair.map_or_else(|| own(actor), |event| event.header.audience.clone());
    let given = Content::Given { given: consent.write().unwrap_or(Value::Null) };
    match consent.decision {
        Word::Refused => {
            let refused = event(actor, audience, Change::of(What::ConsentRefused), given);
            Ok(Decision { events: vec![refused], opens: None })
        }
        Word::Granted => {
            let units = newcomers(&dossier.standing, &asked.disclosure.units, context)?;
            let granted = event(actor, audience, Change::of(What::ConsentGiven), given);
            let change = Change { join: units, ..Change::of(What::Shared) };
            let content = Content::Disclosure(asked.disclosure.clone());
            let shared = event(actor, Audience::Everyone, change, content);
            Ok(Decision { events: vec![granted, shared], opens: None })
        }
    }
}

pub(super) fn take_off(
    dossier: &Dossier,
    withdraw: &Withdraw,
    actor: &Actor,
) -> Result<Decision, Refusal> {
    let standing = &dossier.standing;
    actor.must_be_home(standing)?;
    for unit in &withdraw.units {
        if *unit == standing.home {
            return Err(Refusal::OriginatorStays);
        }
        if !standing.distribution.contains(unit) {
            return Err(Refusal::NotListed { unit: unit.clone() });
        }
        if standing.asked.contains(unit) {
            return Err(Refusal::AskedStays { unit: unit.clone() });
        }
    }
    let units = withdraw.units.clone();
    let change = Change { leave: units.clone(), ..Change::of(What::UnitsWithdrawn) };
    Ok(everyone(actor, change, Content::Units { units }))
}

pub(super) fn tighten(
    dossier: &Dossier,
    form: HandlingForm,
    actor: &Actor,
) -> Result<Decision, Refusal> {
    actor.must_be_home(&dossier.standing)?;
    if let Some(error) = form.lacks_restriction("") {
        return Err(Refusal::Incomplete { errors: vec![error] });
    }
    let handling = Handling::from(form);
    let before = dossier.handling.as_ref().ok_or(Refusal::Destroyed)?;
    if handling.marking.is_some_and(Marking::is_classified) {
        return Err(Refusal::Classified);
    }
    if !before.is_tightened_by(&handling) || *before == handling {
        return Err(Refusal::Loosens);
    }
    let change = Change::of(What::HandlingTightened);
    Ok(everyone(actor, change, Content::Handling { handling }))
}
