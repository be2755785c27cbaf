//! Why something was not done to an account or to the directory, in the reader's words.

use crate::session::Person;
use crate::show::Reader;
use crate::words::Words;
use app::accounts::{AccountRefusal, PasswordRefusal};
use app::people::Denial;
use app::units::UnitRefusal;
use catalogue::authorities::DirectoryProblem;

/// Why an administrator's change was not made, as a sentence; what has a page of its own comes back.
///
/// # Errors
/// It does not exist for him, his role does not allow it, or something failed.
pub(crate) fn denied(person: &Person, denial: Denial) -> Result<String, super::Halt> {
    let (words, reader) = (person.visitor.words, person.reader());
    Ok(match denial {
        Denial::Trouble(trouble) => return Err(trouble.into()),
        Denial::Account(refusal) => account_refusal(person, &refusal),
        Denial::Unit(refusal) => unit_refusal(&reader, &refusal),
        Denial::NoRole => words.text("denial-no-role"),
        Denial::RoleElsewhere { role } => {
            let role = words.code("role", role.word());
            words.with("denial-role-elsewhere", &[("role", role.into())])
        }
        Denial::LastAdministrator => words.text("denial-last-administrator"),
        Denial::PeopleLeft { unit, count } => {
            let values = [("unit", reader.unit(&unit).into()), ("count", count.into())];
            words.with("denial-people-left", &values)
        }
        Denial::AuthorityStays { .. } => words.text("denial-authority-stays"),
    })
}

/// Why something was not done to an account, as a sentence.
pub(crate) fn account_refusal(person: &Person, refusal: &AccountRefusal) -> String {
    let (words, reader) = (person.visitor.words, person.reader());
    let unit = |key: &str, unit| words.with(key, &[("unit", reader.unit(unit).into())]);
    match refusal {
        AccountRefusal::Unknown => words.text("denial-unknown"),
        AccountRefusal::Disabled => words.text("denial-disabled"),
        AccountRefusal::LoginTaken { login } => {
            words.with("denial-login-taken", &[("login", login.as_str().into())])
        }
        AccountRefusal::UnitUnknown { unit: id } => unit("denial-unit-unknown", id),
        AccountRefusal::UnitClosed { unit: id } => unit("denial-unit-closed", id),
        AccountRefusal::OtherAuthority { unit: id } => unit("denial-other-authority", id),
        AccountRefusal::Password(refusal) => password_refusal(words, refusal),
        AccountRefusal::WrongPassword => words.text("denial-wrong-password"),
        AccountRefusal::Wait { until } => {
            let at = words.time_seconds(*until, &person.zone);
            words.with("sign-in-wait", &[("at", at.into())])
        }
        AccountRefusal::LinkSpent => words.text("link-spent-text"),
        AccountRefusal::SecondFactorSet => words.text("denial-factor-set"),
        AccountRefusal::SecondFactorNotBegun => words.text("denial-factor-not-begun"),
        AccountRefusal::WrongCode => words.text("denial-wrong-code"),
        AccountRefusal::TokenName => words.text("denial-token-name"),
        AccountRefusal::TokenExpiry { .. } => words.text("denial-token-expiry"),
        AccountRefusal::TokenUnknown => words.text("denial-token-unknown"),
        AccountRefusal::InputTooLong { given, most } => {
            let values = [("max", (*most).into()), ("length", (*given).into())];
            words.with("wrong-too-long", &values)
        }
    }
}

/// Which rule a password breaks, as a sentence that says what to do.
pub(crate) fn password_refusal(words: Words, refusal: &PasswordRefusal) -> String {
    match refusal {
        PasswordRefusal::TooShort { given, least } => {
            let values = [("given", (*given).into()), ("least", (*least).into())];
            words.with("password-too-short", &values)
        }
        PasswordRefusal::TooLong { given, most } => {
            let values = [("given", (*given).into()), ("most", (*most).into())];
            words.with("password-too-long", &values)
        }
        PasswordRefusal::LikeLogin => words.text("password-like-login"),
        PasswordRefusal::Common => words.text("password-common"),
    }
}

fn unit_refusal(reader: &Reader<'_>, refusal: &UnitRefusal) -> String {
    let words = reader.words;
    match refusal {
        UnitRefusal::Problems(problems) => {
            let said: Vec<String> =
                problems.iter().map(|problem| directory_problem(reader, problem)).collect();
            said.join(" ")
        }
        UnitRefusal::Unknown { unit } => {
            words.with("denial-unit-unknown", &[("unit", unit.as_str().into())])
        }
        UnitRefusal::Fixed { .. } => words.text("denial-unit-fixed"),
        UnitRefusal::Closed { on, .. } => {
            words.with("denial-closes-already", &[("day", words.day_year(*on).into())])
        }
        UnitRefusal::PartOpen { part, .. } => {
            words.with("denial-part-open", &[("part", reader.unit(part).into())])
        }
    }
}

fn directory_problem(reader: &Reader<'_>, problem: &DirectoryProblem) -> String {
    match problem {
        DirectoryProblem::Duplicate { unit } => {
            reader.words.with("denial-unit-taken", &[("unit", unit.as_str().into())])
        }
        DirectoryProblem::NoParent { unit, .. }
        | DirectoryProblem::Cycle { unit }
        | DirectoryProblem::Place { unit }
        | DirectoryProblem::State { unit } => {
            reader.words.with("denial-unit-place", &[("unit", unit.as_str().into())])
        }
    }
}
