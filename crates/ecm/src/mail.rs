//! The postman: takes mails from the outbox to a server. A mail names a reference and no content.

use app::{App, Trouble};
use jiff::SignedDuration;
use lettre::message::{Mailbox, header::ContentType};
use lettre::{Address, AsyncSmtpTransport, AsyncTransport, Message, Tokio1Executor};
use store::outbox::{Due, Letter};
use web::words::{Language, Words};

/// So many mails are taken at a time.
const BATCH: u32 = 50;
/// The longest wait before sending a mail is tried again, in seconds.
const WAIT_MAX_SECONDS: i64 = 3600;
/// How soon a mail is tried again where the server was out of reach, in seconds.
const WAIT_OUT_OF_REACH_SECONDS: i64 = 15;

/// Where mail goes.
#[derive(Clone, Debug)]
pub(crate) enum Postman {
    /// Nowhere: no server is configured, and mails stay in the outbox.
    Absent,
    /// To a server.
    Smtp(Box<Smtp>),
}

/// A mail server, and what every mail to it has.
#[derive(Clone, Debug)]
pub(crate) struct Smtp {
    /// The way to it.
    pub(crate) transport: AsyncSmtpTransport<Tokio1Executor>,
    /// Who sends.
    pub(crate) from: Mailbox,
    /// The address of the node, for links.
    pub(crate) url: String,
}

impl Postman {
    /// Sends what is due. A mail that is not taken stays in the outbox and waits longer each time;
    /// where the server is out of reach, none of them does.
    pub(crate) async fn deliver(&self, app: &App) {
        let Postman::Smtp(smtp) = self else { return };
        let Smtp { transport, from, url } = &**smtp;
        loop {
            let now = app.clock().machine();
            let taken = app.run(move |app| Ok::<_, Trouble>(app.outbox().due(now, BATCH)?)).await;
            let due = match taken {
                Ok(due) if due.is_empty() => return,
                Ok(due) => due,
                Err(trouble) => {
                    tracing::error!(%trouble, "the outbox cannot be read");
                    return;
                }
            };
            for mail in due {
                match attempt(transport, &mail, from, url).await {
                    Outcome::Sent => note(app, &mail, None).await,
                    Outcome::NotTaken(error) => {
                        tracing::warn!(mail = mail.id, attempts = mail.attempts, %error, "a mail was not taken; trying again later");
                        let wait = (15_i64 << mail.attempts.min(16)).min(WAIT_MAX_SECONDS);
                        note(app, &mail, Some(wait)).await;
                    }
                    Outcome::OutOfReach(error) => {
                        tracing::warn!(%error, "the mail server is out of reach; trying again");
                        // Behind the others, lest one mail that breaks the connection stop them all.
                        note(app, &mail, Some(WAIT_OUT_OF_REACH_SECONDS)).await;
                        return;
                    }
                }
            }
        }
    }
}

/// What came of a mail.
enum Outcome {
    /// The server took it.
    Sent,
    /// The server, or the way it is written, will not have this one mail.
    NotTaken(anyhow::Error),
    /// Nothing could be handed over, whichever mail it was.
    OutOfReach(lettre::transport::smtp::Error),
}

async fn attempt(
    transport: &AsyncSmtpTransport<Tokio1Executor>,
    mail: &Due,
    from: &Mailbox,
    url: &str,
) -> Outcome {
    let message = match written(mail, from, url) {
        Ok(message) => message,
        Err(error) => return Outcome::NotTaken(error),
    };
    match transport.send(message).await {
        Ok(_) => Outcome::Sent,
        Err(error) if error.is_permanent() || error.is_transient() || error.is_client() => {
            Outcome::NotTaken(error.into())
        }
        Err(error) => Outcome::OutOfReach(error),
    }
}

/// Notes that a mail was sent, or after how many seconds it is tried again.
async fn note(app: &App, mail: &Due, again_seconds: Option<i64>) {
    let id = mail.id;
    let noted = match again_seconds {
        None => app.run(move |app| Ok::<_, Trouble>(app.outbox().sent(id)?)).await,
        Some(seconds) => {
            let now = app.clock().machine();
            let next = now.checked_add(SignedDuration::from_secs(seconds)).unwrap_or(now);
            app.run(move |app| Ok::<_, Trouble>(app.outbox().failed(id, next)?)).await
        }
    };
    if let Err(trouble) = noted {
        tracing::error!(%trouble, "the outbox cannot be written");
    }
}

/// The mail in the reader's language.
fn written(mail: &Due, from: &Mailbox, url: &str) -> anyhow::Result<Message> {
    let language = match mail.language.as_ref().map(catalogue::authorities::Language::as_str) {
        Some("de") => Language::De,
        Some("fr") => Language::Fr,
        _ => Language::En,
    };
    let words = Words::new(language);
    let (subject, body) = match &mail.letter {
        Letter::Dossier { dossier, reference } => {
            let reference = reference.as_str();
            let link = format!("{url}/dossiers/{dossier}");
            let text = [("reference", reference.into()), ("link", link.as_str().into())];
            (words.with("mail-dossier-subject", &text), words.with("mail-dossier-body", &text))
        }
        Letter::Invitation { token } => {
            let link = format!("{url}/invitation/{token}");
            let text = [("link", link.as_str().into())];
            (
                words.with("mail-invitation-subject", &text),
                words.with("mail-invitation-body", &text),
            )
        }
        Letter::Reset { token } => {
            let link = format!("{url}/reset/{token}");
            let text = [("link", link.as_str().into())];
            (words.with("mail-reset-subject", &text), words.with("mail-reset-body", &text))
        }
    };
    let address: Address = mail.address.as_str().parse()?;
    Ok(Message::builder()
        .from(from.clone())
        .to(Mailbox::new(Some(mail.name.as_str().to_owned()), address))
        .subject(subject)
        .header(ContentType::TEXT_PLAIN)
        .body(body)?)
}
