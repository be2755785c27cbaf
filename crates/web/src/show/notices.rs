//! What the state of a dossier means for its reader: what is possible, what not, and why.

use super::Reader;
use crate::view::parts::{Icon, Notice, Rich, Tone};
use domain::dossier::Dossier;
use domain::event::{EndedBy, Kind, Silence, State};

impl Reader<'_> {
    /// The notices on top of a dossier, the most important first.
    pub(crate) fn notices(&self, dossier: &Dossier) -> Vec<Notice> {
        let mut notices = Vec::new();
        notices.extend(self.state_notice(dossier));
        notices.extend(self.ended_ground(dossier));
        if dossier.request.is_none() {
            notices.push(notice(Tone::Warn, Icon::Lock, self.words.text("refusal-destroyed")));
        }
        notices
    }

    fn state_notice(&self, dossier: &Dossier) -> Option<Notice> {
        let standing = &dossier.standing;
        let at_home = self.is_of_her_authority(&standing.home);
        let asked = self.hers_among(&standing.asked).is_some();
        match standing.state {
            State::Draft if standing.is_unsent() => {
                let home = self.unit(&standing.home);
                let text = self.words.with("notice-draft", &[("home", home.into())]);
                Some(notice(Tone::Draft, Icon::Lock, text))
            }
            State::Draft => None,
            State::ForApproval => {
                Some(notice(Tone::Warn, Icon::Clock, self.words.text("notice-for-approval")))
            }
            State::Sent | State::Acknowledged | State::Overdue if asked => self.answer_by(dossier),
            State::Sent | State::Acknowledged | State::Overdue if !standing.asked.is_empty() => {
                let who = self.units(&standing.asked);
                let mut text =
                    Rich::new().strong(self.words.with("notice-waiting", &[("who", who.into())]));
                if let Some(clock) = self.most_urgent(&standing.clocks) {
                    let until = self.until(clock);
                    let until = self.words.with("notice-until", &[("until", until.into())]);
                    text = text.and(" ").and(until);
                }
                let late = standing.state == State::Overdue;
                let tone = if late { Tone::Late } else { Tone::Warn };
                Some(Notice { tone, icon: Icon::Clock, text })
            }
            State::Sent | State::Acknowledged | State::Overdue => None,
            State::Answered if at_home && standing.kind == Kind::Stop => {
                let text = Rich::new().strong(self.words.text("notice-answered"));
                let text = text.and(" ").and(self.words.text("notice-outcome"));
                Some(Notice { tone: Tone::Done, icon: Icon::Check, text })
            }
            State::Answered => {
                Some(notice(Tone::Done, Icon::Check, self.words.text("notice-answered")))
            }
            State::ReleaseDue => {
                Some(notice(Tone::Law, Icon::Scales, self.words.text("release-due")))
            }
            State::Closed => Some(self.closed(dossier)),
            State::Withdrawn => {
                Some(notice(Tone::Plain, Icon::Cross, self.words.text("notice-withdrawn")))
            }
        }
    }

    /// "Answer by the end of Wed 25 Nov, CET. Silence ends this ground."
    fn answer_by(&self, dossier: &Dossier) -> Option<Notice> {
        let clock = self.most_urgent(&dossier.standing.clocks)?;
        let until = self.words.with("notice-answer-by", &[("until", self.until(clock).into())]);
        let text = Rich::new().strong(until).and(" ");
        let text = text.and(self.words.code("silence", clock.silence.word()));
        let (tone, icon) = match clock.silence {
            Silence::EndsGround => (Tone::Law, Icon::Scales),
            Silence::Overdue | Silence::Nothing => (Tone::Warn, Icon::Clock),
        };
        let tone = if dossier.standing.state == State::Overdue { Tone::Late } else { tone };
        Some(Notice { tone, icon, text })
    }

    fn closed(&self, dossier: &Dossier) -> Notice {
        let standing = &dossier.standing;
        let outcome =
            standing.outcome.as_ref().map(|code| self.outcome(standing.kind, code.as_str()));
        let text = match outcome {
            Some(outcome) => self.words.with("notice-closed-with", &[("outcome", outcome.into())]),
            None => self.words.text("notice-closed"),
        };
        notice(Tone::Plain, Icon::Check, text)
    }

    /// The name of an outcome or answer of a kind.
    fn outcome(&self, kind: Kind, code: &str) -> String {
        let lists: &[&str] = match kind {
            Kind::Stop => &["stop-outcome", "stop-answer"],
            Kind::Classification => &["verdict"],
            Kind::Document => &["document-verdict"],
            Kind::Information | Kind::Notice => &[],
        };
        let found = lists.iter().map(|list| self.words.code(list, code)).find(|name| name != code);
        found.unwrap_or_else(|| code.to_owned())
    }

    /// A ground that silence has ended while another stands.
    fn ended_ground(&self, dossier: &Dossier) -> Option<Notice> {
        let clocks = &dossier.standing.clocks;
        let still = clocks.iter().any(domain::event::Clock::is_running);
        let by_silence =
            |clock: &&domain::event::Clock| clock.ended.is_some_and(|e| e.by == EndedBy::Silence);
        let ended = clocks.iter().find(by_silence).filter(|_| still)?;
        let ground = self.words.code("ground", ended.ground.word());
        let text = self.words.with("notice-ground-ended", &[("ground", ground.into())]);
        Some(notice(Tone::Law, Icon::Scales, text))
    }
}

fn notice(tone: Tone, icon: Icon, text: String) -> Notice {
    Notice { tone, icon, text: text.into() }
}
