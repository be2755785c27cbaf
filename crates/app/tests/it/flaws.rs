//! A test of the test: flaws planted in the store and in the use cases, each of which the two
//! worlds have to tell apart.
//!
//! Two flaws are not for both forms, by their nature:
//! - what silence brings about, stamped by the trigger: the log holds the stamp, the first form
//!   copies it from there, and both its worlds bear it. Only who plays the script anew stamps anew.
//! - a missing recheck of membership: both worlds are played by one hand after the other, and what
//!   is withdrawn is withdrawn before the next step. It needs a race: `promises` has it.

use crate::fixtures::{PEOPLE, say, seed};
use crate::forms::{Case, Form};
use store::flaws::Flaw;

/// So many scripts are tried at most; each is seen by everybody.
const SCRIPTS_MAX: u64 = 20;

/// The forms that have to find it.
fn forms(flaw: Flaw) -> &'static [Form] {
    match flaw {
        Flaw::VersionOverAllStrands
        | Flaw::SummaryPerDossier
        | Flaw::ActivityPerDossier
        | Flaw::InstantsPushed
        | Flaw::CommandsOfAllAccounts
        | Flaw::OneRandomStream
        | Flaw::SystemReadsAll => &[Form::Log, Form::Script],
        Flaw::SilenceStampedByTrigger => &[Form::Script],
        Flaw::NoMembershipRecheck => &[],
    }
}

/// The first difference that a form finds, and after how many scripts.
fn found(flaw: Flaw, form: Form) -> Option<(u64, String)> {
    (0..SCRIPTS_MAX).find_map(|number| {
        let case = Case::play(seed().wrapping_add(number), Some(flaw));
        let differs = (0..PEOPLE.len()).find_map(|who| case.check(who, &[form]).err());
        differs.map(|difference| (number + 1, difference))
    })
}

#[test]
fn each_planted_flaw_is_found_by_each_form_that_can_see_it() {
    for flaw in Flaw::ALL {
        for form in forms(flaw) {
            let Some((scripts, difference)) = found(flaw, *form) else {
                panic!("{flaw:?} stays unseen by {form:?} in {SCRIPTS_MAX} scripts");
            };
            let difference: String = difference.chars().take(180).collect();
            say(&format!("{flaw:?}, {form:?}, script {scripts}: {difference}"));
        }
    }
}
