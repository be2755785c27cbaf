//! The account's page: one section a matter, each with its form.

use super::{Once, What, theme_word};
use crate::pages::Halt;
use crate::pages::filled::Filled;
use crate::session::Person;
use crate::view::chrome::Chrome;
use crate::view::form::{Choice, Field, FormView, TextKind, Width};
use crate::view::parts::{Button, Notice, Rich};
use crate::view::prose::{QrCode, SettingsPage, SettingsRow, SettingsSection, SettingsTable};
use crate::words::Language;
use app::accounts::{ApiToken, Enrolment, Keys, SecondFactorState};
use app::{App, Trouble};
use jiff::SignedDuration;
use qrcode::{Color, EcLevel};

/// A new token is proposed to run for so long.
const TOKEN_DAYS: i64 = 90;
/// Light modules around a code, without which cameras do not find it (ISO/IEC 18004).
const QUIET: usize = 4;

/// The page, with what is shown once and the form that comes back.
pub(super) fn account(
    app: &App,
    person: &Person,
    chrome: Chrome,
    once: &Once,
    form: &(What, Filled),
    notice: Option<Notice>,
) -> Result<SettingsPage, Halt> {
    let title = person.visitor.words.text("account");
    let known = app.accounts().person(person.account())?.ok_or(Trouble::NotFound)?;
    let made = Made { app, person, form };
    let sections = vec![
        made.password(),
        made.factor(known.second_factor, once),
        made.sessions(),
        made.tokens(once)?,
        made.look(),
        made.keys(),
    ];
    Ok(SettingsPage {
        chrome: Chrome { title: title.clone(), ..chrome },
        title,
        notices: notice.into_iter().collect(),
        sections,
    })
}

/// For whom the sections are made.
struct Made<'a> {
    app: &'a App,
    person: &'a Person,
    form: &'a (What, Filled),
}

impl Made<'_> {
    fn text(&self, key: &str) -> String {
        self.person.visitor.words.text(key)
    }

    /// What was typed into the form about `what`; else how it stands.
    fn filled(&self, what: What, stands: &[(&str, String)]) -> Filled {
        if self.form.0 == what && !self.form.1.is_right() {
            self.form.1.clone()
        } else {
            Filled::with(stands)
        }
    }

    fn form(&self, what: What, filled: &Filled, fields: Vec<Field>) -> FormView {
        let word = what.word();
        let action = format!("/account/{word}");
        let button = self.person.visitor.words.code("account-button", word);
        filled.form(&format!("{word}-form"), &action, fields, button)
    }

    fn section(
        &self,
        id: &str,
        title: &str,
        hint: &str,
        form: Option<FormView>,
    ) -> SettingsSection {
        SettingsSection {
            id: id.to_owned(),
            title: self.text(title),
            aside: String::new(),
            hint: Some(self.text(hint).into()),
            scan: None,
            table: None,
            form,
        }
    }

    fn password(&self) -> SettingsSection {
        let filled = self.filled(What::Password, &[]);
        let present = self.text("account-password-present");
        let new = self.text("password-new");
        let fields = vec![
            filled.line("password/present", present, TextKind::Password).wide(Width::Half),
            filled.line("password/new", new, TextKind::NewPassword).wide(Width::Half),
        ];
        let form = self.form(What::Password, &filled, fields);
        self.section("password", "account-password", "password-rules", Some(form))
    }

    fn factor(&self, state: SecondFactorState, once: &Once) -> SettingsSection {
        let id = "second-factor";
        let title = "account-second-factor";
        match (once, state) {
            (Once::Enrolment(enrolment), _) => self.enrolment(enrolment),
            (Once::Confirming, _) => {
                let form = self.confirm();
                self.section(id, title, "account-factor-confirming", Some(form))
            }
            (Once::Codes(codes), _) => {
                let rows = codes.chunks(2).map(|pair| SettingsRow {
                    cells: pair.iter().map(|code| Rich::new().code(code)).collect(),
                    buttons: Vec::new(),
                });
                let head = self.text("account-codes");
                let table = SettingsTable { heads: vec![head.clone(), head], rows: rows.collect() };
                SettingsSection {
                    table: Some(table),
                    ..self.section(id, title, "account-codes-hint", None)
                }
            }
            (Once::Nothing | Once::Token(..), SecondFactorState::On { recovery_codes }) => {
                let filled = self.filled(What::FactorOff, &[]);
                let present = self.text("account-password-present");
                let field =
                    filled.line("factor/present", present, TextKind::Password).wide(Width::Half);
                let form = self.form(What::FactorOff, &filled, vec![field]);
                let left = [("count", recovery_codes.into())];
                let aside = self.person.visitor.words.with("account-factor-on", &left);
                SettingsSection {
                    aside,
                    ..self.section(id, title, "account-factor-on-hint", Some(form))
                }
            }
            (Once::Nothing | Once::Token(..), SecondFactorState::Off) => {
                let filled = self.filled(What::Factor, &[]);
                let form = self.form(What::Factor, &filled, Vec::new());
                let aside = self.text("account-factor-off");
                SettingsSection {
                    aside,
                    ..self.section(id, title, "account-factor-off-hint", Some(form))
                }
            }
        }
    }

    /// What an authenticator needs, to be scanned, followed or typed.
    fn enrolment(&self, enrolment: &Enrolment) -> SettingsSection {
        let hint = Rich::text(self.text("account-factor-scan"))
            .and(" ")
            .code(grouped(&enrolment.secret))
            .and(" · ")
            .code(&enrolment.address);
        let section =
            self.section("second-factor", "account-second-factor", "account-factor-scan", None);
        SettingsSection {
            hint: Some(hint),
            scan: scan(&enrolment.address, self.text("account-factor-picture")),
            form: Some(self.confirm()),
            ..section
        }
    }

    fn confirm(&self) -> FormView {
        let filled = self.filled(What::Code, &[]);
        let field = filled.line("factor/code", self.text("sign-in-code"), TextKind::OneTime);
        self.form(What::Code, &filled, vec![field.wide(Width::Third)])
    }

    fn sessions(&self) -> SettingsSection {
        let words = self.person.visitor.words;
        let session = &self.person.session;
        let moment = |at| words.moment_year(at, &self.person.zone);
        let values =
            [("started", moment(session.started).into()), ("until", moment(session.until).into())];
        let filled = self.filled(What::Sessions, &[]);
        let form = self.form(What::Sessions, &filled, Vec::new());
        let section =
            self.section("sessions", "account-sessions", "account-sessions-hint", Some(form));
        let hint = words.with("account-sessions-hint", &values);
        SettingsSection { hint: Some(hint.into()), ..section }
    }

    fn tokens(&self, once: &Once) -> Result<SettingsSection, Halt> {
        let words = self.person.visitor.words;
        let tokens = self.app.accounts().tokens(self.person.account())?;
        let until =
            self.app.clock().machine().checked_add(SignedDuration::from_hours(TOKEN_DAYS * 24));
        let until = until.map_or_else(
            |_| String::new(),
            |until| words.day_year(until.to_zoned_datetime(self.person.zone.clone()).date()),
        );
        let filled = self.filled(What::Tokens, &[("token/until", until)]);
        let name = filled.line("token/name", self.text("account-token-name"), TextKind::Words);
        let day = filled.day("token/until", self.text("account-token-until"));
        let form = self.form(
            What::Tokens,
            &filled,
            vec![
                name.help(self.text("account-token-name-help")).wide(Width::Half),
                day.wide(Width::Half),
            ],
        );
        let section = self.section("tokens", "account-tokens", "account-tokens-hint", Some(form));
        let hint = match once {
            Once::Token(token, name) => {
                let values = [("name", name.as_str().into())];
                let text = words.with("account-token-once", &values);
                Some(Rich::new().strong(text).and(" ").code(token.as_str()))
            }
            Once::Nothing | Once::Enrolment(_) | Once::Confirming | Once::Codes(_) => section.hint,
        };
        let table = (!tokens.is_empty()).then(|| SettingsTable {
            heads: [
                "account-token-name",
                "account-token-created",
                "account-token-until",
                "account-token-used",
            ]
            .map(|key| self.text(key))
            .to_vec(),
            rows: tokens.iter().map(|token| self.token(token)).collect(),
        });
        Ok(SettingsSection { hint, table, ..section })
    }

    fn token(&self, token: &ApiToken) -> SettingsRow {
        let words = self.person.visitor.words;
        let moment = |at| words.moment_year(at, &self.person.zone);
        let used = token.used.map_or_else(|| self.text("account-token-unused"), moment);
        let id = token.id.to_string();
        let values = [("name", token.name.as_str().into())];
        let label = words.with("account-revoke", &values);
        SettingsRow {
            cells: vec![
                token.name.clone().into(),
                moment(token.created).into(),
                moment(token.expires).into(),
                used.into(),
            ],
            buttons: vec![Button::post(label, "/account/revoke", &[("token/id", &id)])],
        }
    }

    fn look(&self) -> SettingsSection {
        let likes = self.person.session.preferences;
        let language = likes.language.map(|language| language.to_string()).unwrap_or_default();
        let filled = self.filled(
            What::Look,
            &[("look/language", language), ("look/theme", theme_word(likes.theme).to_owned())],
        );
        let languages = Language::ALL.map(|one| Choice::new(one.code(), one.own_name()));
        let browser = Choice::new("", self.text("account-language-browser"));
        let languages = [browser].into_iter().chain(languages).collect();
        let themes = ["system", "light", "dark"]
            .map(|word| Choice::new(word, self.person.visitor.words.code("theme", word)))
            .to_vec();
        let fields = vec![
            filled.select("look/language", self.text("language"), languages).wide(Width::Half),
            filled.radios("look/theme", self.text("account-theme"), themes),
        ];
        let form = self.form(What::Look, &filled, fields);
        self.section("look", "account-look", "account-look-hint", Some(form))
    }

    fn keys(&self) -> SettingsSection {
        let word = match self.person.session.preferences.keys {
            Keys::On => "on",
            Keys::Off => "off",
        };
        let filled = self.filled(What::Keys, &[("keys/keys", word.to_owned())]);
        let choices = vec![
            Choice::new("on", self.text("account-keys-on")),
            Choice::new("off", self.text("account-keys-off")),
        ];
        let field = filled.radios("keys/keys", self.text("account-keys-label"), choices);
        let form = self.form(What::Keys, &filled, vec![field]);
        self.section("keys", "keys-title", "account-keys-hint", Some(form))
    }
}

/// A secret in groups of four signs, as people type it.
fn grouped(secret: &str) -> String {
    let signs: Vec<char> = secret.chars().collect();
    let groups: Vec<String> = signs.chunks(4).map(|group| group.iter().collect()).collect();
    groups.join(" ")
}

/// An address as a code for cameras; none where it is too long for one.
fn scan(address: &str, spoken: String) -> Option<QrCode> {
    let code = qrcode::QrCode::with_error_correction_level(address, EcLevel::M).ok()?;
    let width = code.width();
    let colours = code.to_colors();
    let dark = colours.iter().enumerate().filter(|(_, colour)| **colour == Color::Dark);
    let module = |(at, _): (usize, &Color)| {
        format!("M{} {}h1v1h-1z", at % width + QUIET, at / width + QUIET)
    };
    let path = dark.map(module).collect();
    Some(QrCode { size: width + 2 * QUIET, path, spoken })
}
