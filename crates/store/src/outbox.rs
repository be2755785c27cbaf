//! Mail that is to be sent: kept until it is, whatever becomes of the server or of this process.
//!
//! A letter never holds content: of a dossier its reference, of an account a single-use link. Where
//! it goes is looked up when it is sent, so that a changed address counts and a leaver gets nothing.
//! Instants are machine time.

use catalogue::authorities::Language;
use catalogue::ids::{AccountId, DossierId};
use domain::event::Reference;
use jiff::Timestamp;
use rusqlite::{Connection, OptionalExtension as _, params};
use serde::{Deserialize, Serialize};

use crate::accounts::node::{Node, Vault, micros};
use crate::accounts::{MailAddress, PersonName, row};
use crate::log::readable;
use crate::{Store, StoreError};

/// What a mail is about.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "about", rename_all = "snake_case")]
pub enum Letter {
    /// Something in a dossier waits for the reader; nothing but its reference is said.
    Dossier {
        /// The dossier, for the link to it.
        dossier: DossierId,
        /// Its reference.
        reference: Reference,
    },
    /// A link that sets a first password.
    Invitation {
        /// The token of the link.
        token: String,
    },
    /// A link that sets a new password.
    Reset {
        /// The token of the link.
        token: String,
    },
}

/// A letter and whom it is for.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Mail {
    /// Whom it is for.
    pub to: AccountId,
    /// What it is about.
    pub letter: Letter,
}

/// A mail that is to be sent now.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Due {
    /// Names it to [`Outbox::sent`] and [`Outbox::failed`].
    pub id: i64,
    /// What it is about.
    pub letter: Letter,
    /// The reader's account.
    pub account: AccountId,
    /// The reader's name.
    pub name: PersonName,
    /// Where mail reaches the reader now.
    pub address: MailAddress,
    /// The reader's language, if one was chosen.
    pub language: Option<Language>,
    /// How often sending it has failed.
    pub attempts: u32,
}

/// The outbox of a node. Cheap to clone.
#[derive(Clone, Debug)]
pub struct Outbox {
    node: Node,
}

// One mail, sealed under the row's own number, which it gets next. $1 instant from which it is due
const ADD: &str = "INSERT INTO outbox (message, due, attempts) VALUES (x'', ?1, 0)";
const FILL: &str = "UPDATE outbox SET message = ?2 WHERE id = ?1";
// What is due, the longest first. Index: outbox_by_due. $1 now  $2 rows
const DUE: &str =
    "SELECT id, message, attempts FROM outbox WHERE due <= ?1 ORDER BY due, id LIMIT ?2";
const DROP: &str = "DELETE FROM outbox WHERE id = ?1";
// $1 id  $2 instant from which it is due again
const FAILED: &str = "UPDATE outbox SET due = ?2, attempts = attempts + 1 WHERE id = ?1";
// How far a follower has come. Index: the primary key. $1 name
const POSITION: &str = "SELECT position FROM follower WHERE name = ?1";
// $1 name  $2 position
const MOVE: &str = "INSERT OR REPLACE INTO follower (name, position) VALUES (?1, ?2)";

/// Puts a mail into the outbox, in the transaction of whatever it tells of.
pub(crate) fn put(
    tx: &Connection,
    vault: &Vault,
    mail: &Mail,
    now: Timestamp,
) -> Result<(), StoreError> {
    tx.prepare_cached(ADD)?.execute([micros(now)])?;
    let id = tx.last_insert_rowid();
    let sealed = vault.seal("outbox.message", &id.to_be_bytes(), mail)?;
    tx.prepare_cached(FILL)?.execute(params![id, sealed])?;
    Ok(())
}

/// Whether what a letter is about exists for its reader now: he may have been taken off the list
/// while the mail waited.
fn is_his(c: &Connection, reader: &row::Row, letter: &Letter) -> Result<bool, StoreError> {
    match letter {
        Letter::Dossier { dossier, .. } => match row::viewer(c, reader)? {
            Some(viewer) => Ok(readable(c, &viewer, *dossier)?.is_some()),
            None => Ok(false),
        },
        Letter::Invitation { .. } | Letter::Reset { .. } => Ok(true),
    }
}

impl Outbox {
    /// The outbox kept in `store`.
    pub fn new(store: &Store) -> Outbox {
        Outbox { node: Node::of(store) }
    }

    /// Puts mails into the outbox, all or none.
    ///
    /// # Errors
    /// The store's own failures.
    pub fn put(&self, mails: Vec<Mail>, now: Timestamp) -> Result<(), StoreError> {
        let vault = self.node.vault.clone();
        self.node.write(move |tx| mails.iter().try_for_each(|mail| put(tx, &vault, mail, now)))
    }

    /// Puts the mails that a follower of the log wrote on its way to `position` into the outbox, and
    /// keeps how far it has come, in one transaction: no event is told twice, and none not at all.
    ///
    /// # Errors
    /// The store's own failures.
    pub fn follow(
        &self,
        follower: &'static str,
        position: u64,
        mails: Vec<Mail>,
        now: Timestamp,
    ) -> Result<(), StoreError> {
        let vault = self.node.vault.clone();
        self.node.write(move |tx| {
            mails.iter().try_for_each(|mail| put(tx, &vault, mail, now))?;
            tx.prepare_cached(MOVE)?.execute(params![follower, position])?;
            Ok(())
        })
    }

    /// How far a follower has come; none before its first step.
    ///
    /// # Errors
    /// The store's own failures.
    pub fn position(&self, follower: &str) -> Result<Option<u64>, StoreError> {
        self.node.read(|c| {
            Ok(c.prepare_cached(POSITION)?.query_row([follower], |row| row.get(0)).optional()?)
        })
    }

    /// At most `limit` mails that are due, the longest due first. Mail to somebody who is out, or of
    /// a dossier that does not exist for him any more, is dropped on the way. One sender at a time: what it took stays due until it says what came of it.
    ///
    /// # Errors
    /// The store's own failures.
    pub fn due(&self, now: Timestamp, limit: u32) -> Result<Vec<Due>, StoreError> {
        let vault = &self.node.vault;
        let (due, undeliverable) = self.node.read(|c| {
            let rows = c
                .prepare_cached(DUE)?
                .query_map(params![micros(now), limit], |row| {
                    Ok((row.get(0)?, row.get(1)?, row.get(2)?))
                })?
                .collect::<Result<Vec<(i64, Vec<u8>, u32)>, _>>()?;
            let (mut due, mut undeliverable) = (Vec::new(), Vec::new());
            for (id, sealed, attempts) in rows {
                let mail: Mail = vault.open("outbox.message", &id.to_be_bytes(), &sealed)?;
                let reader = row::by_id(c, vault, mail.to)?;
                let reader = match reader.filter(|row| row.disabled.is_none()) {
                    Some(row) if is_his(c, &row, &mail.letter)? => Some(row),
                    Some(_) | None => None,
                };
                match reader {
                    Some(row) => due.push(Due {
                        id,
                        letter: mail.letter,
                        account: mail.to,
                        name: row.profile.name,
                        address: row.profile.mail,
                        language: row.profile.preferences.language,
                        attempts,
                    }),
                    None => undeliverable.push(id),
                }
            }
            Ok((due, undeliverable))
        })?;
        for id in undeliverable {
            self.sent(id)?;
        }
        Ok(due)
    }

    /// A mail has been taken over by the server: it is forgotten here.
    ///
    /// # Errors
    /// The store's own failures.
    pub fn sent(&self, id: i64) -> Result<(), StoreError> {
        self.node.write(move |tx| {
            tx.prepare_cached(DROP)?.execute([id])?;
            Ok(())
        })
    }

    /// Sending a mail has failed: it is due again at `next`.
    ///
    /// # Errors
    /// The store's own failures.
    pub fn failed(&self, id: i64, next: Timestamp) -> Result<(), StoreError> {
        self.node.write(move |tx| {
            tx.prepare_cached(FAILED)?.execute(params![id, micros(next)])?;
            Ok(())
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::accounts::By;
    use crate::accounts::fixtures::{World, at};

    fn invitation(to: AccountId, token: &str) -> Mail {
        Mail { to, letter: Letter::Invitation { token: token.to_owned() } }
    }

    /// The letters that are due, by token, with their failed attempts.
    fn due(world: &World, seconds: i64, limit: u32) -> Vec<(i64, String, u32)> {
        let due = Outbox::new(&world.store).due(at(seconds), limit).unwrap();
        due.into_iter()
            .map(|due| match due.letter {
                Letter::Invitation { token } => (due.id, token, due.attempts),
                other => panic!("{other:?}"),
            })
            .collect()
    }

    #[test]
    fn mail_is_kept_until_it_is_sent_whatever_happens() {
        let world = World::new();
        let marijke = world.marijke();
        let outbox = Outbox::new(&world.store);
        let mails = ["one", "two", "three"].map(|token| invitation(marijke, token));
        outbox.put(mails.to_vec(), at(10)).unwrap();
        assert_eq!(due(&world, 9, 10), []);
        let listed = due(&world, 10, 2);
        assert_eq!(listed.iter().map(|due| due.1.as_str()).collect::<Vec<_>>(), ["one", "two"]);
        outbox.sent(listed[0].0).unwrap();
        outbox.failed(listed[1].0, at(70)).unwrap();
        drop(outbox);
        let world = world.reopened();
        let words = |seconds| {
            due(&world, seconds, 10).into_iter().map(|due| (due.1, due.2)).collect::<Vec<_>>()
        };
        assert_eq!(words(69), [("three".to_owned(), 0)]);
        assert_eq!(words(70), [("three".to_owned(), 0), ("two".to_owned(), 1)]);
    }

    #[test]
    fn where_mail_goes_is_looked_up_when_it_is_sent() {
        let world = World::new();
        let (marijke, leaver) = (world.marijke(), world.person("a.leaver", "NL-CUSTOMS", &[]));
        let outbox = Outbox::new(&world.store);
        let mails = vec![invitation(leaver, "gone"), invitation(marijke, "here")];
        outbox.put(mails, at(0)).unwrap();
        world.accounts.disable(leaver, By::Operator, at(1)).unwrap().unwrap();
        let (name, mail) = ("Marijke".parse().unwrap(), "new@example.eu".parse().unwrap());
        world.accounts.set_contact(marijke, name, mail, By::Operator, at(1)).unwrap().unwrap();
        let due = outbox.due(at(2), 10).unwrap();
        assert_eq!(due.len(), 1);
        assert_eq!((due[0].account, due[0].address.as_str()), (marijke, "new@example.eu"));
        world.accounts.enable(leaver, By::Operator, at(3)).unwrap().unwrap();
        assert_eq!(outbox.due(at(4), 10).unwrap().len(), 1, "mail to a leaver is dropped for good");
    }

    #[test]
    fn a_follower_goes_on_where_it_was() {
        let world = World::new();
        let marijke = world.marijke();
        let outbox = Outbox::new(&world.store);
        assert_eq!(outbox.position("mail").unwrap(), None);
        outbox.follow("mail", 7, vec![invitation(marijke, "one")], at(0)).unwrap();
        outbox.follow("mail", 9, Vec::new(), at(0)).unwrap();
        outbox.follow("other", 3, Vec::new(), at(0)).unwrap();
        drop(outbox);
        let world = world.reopened();
        let outbox = Outbox::new(&world.store);
        assert_eq!(outbox.position("mail").unwrap(), Some(9));
        assert_eq!(outbox.position("other").unwrap(), Some(3));
        assert_eq!(due(&world, 0, 10).len(), 1);
    }
}
