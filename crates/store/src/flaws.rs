//! Flaws planted on purpose: a test of the tests. Compiled with the feature `testing` only.
//!
//! And the door through which such a test sees the whole log, to write it again without what
//! somebody may not read.
//!
//! Each is a mistake that a store of this sort is easily built with, and through which something
//! hidden shows. A test that claims to find such things has to find each of these.

use domain::event::Header;

use crate::error::StoreError;
use crate::keys::Scope;
use crate::log::chain::{Content, StrandId};
use crate::log::{Log, blob, parse_header};

/// A mistake that a test's node makes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Flaw {
    /// A version covers all strands of a dossier, not those alone that the viewer may read.
    VersionOverAllStrands,
    /// A list shows what any strand of a dossier says of it.
    SummaryPerDossier,
    /// A list shows when something last happened in any strand of a dossier.
    ActivityPerDossier,
    /// What silence brings about bears the instant at which somebody made the node notice.
    SilenceStampedByTrigger,
    /// An event is pushed behind the last one of its dossier, whoever may read that.
    InstantsPushed,
    /// The id of a command is taken once any account has used it.
    CommandsOfAllAccounts,
    /// All random bytes come from one stream, so that each draw moves the next.
    OneRandomStream,
    /// The followers tell people what the system may read, and the system reads everything.
    SystemReadsAll,
    /// The writer does not look again whether the viewer is still on the list.
    NoMembershipRecheck,
}

impl Flaw {
    /// Every flaw.
    pub const ALL: [Flaw; 9] = [
        Flaw::VersionOverAllStrands,
        Flaw::SummaryPerDossier,
        Flaw::ActivityPerDossier,
        Flaw::SilenceStampedByTrigger,
        Flaw::InstantsPushed,
        Flaw::CommandsOfAllAccounts,
        Flaw::OneRandomStream,
        Flaw::SystemReadsAll,
        Flaw::NoMembershipRecheck,
    ];
}

/// An event as a test sees it, whoever may read it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Whole {
    /// Its position in the node's log.
    pub position: u64,
    /// Its header.
    pub header: Header,
    /// Its content.
    pub body: Vec<u8>,
    /// The strand's summary from then on, where it changed.
    pub summary: Option<Vec<u8>>,
}

// The log from a position on. Index: the primary key.  ?1 first position
const WHOLE: &str =
    "SELECT position, strand, header, body FROM event WHERE position >= ?1 ORDER BY position";

impl Log<'_> {
    /// All events from a position on, of all dossiers and audiences, opened.
    ///
    /// # Errors
    /// A failure of the database, or what lies on the disk was changed.
    pub fn whole(&self, from: u64) -> Result<Vec<Whole>, StoreError> {
        self.database.read(|reader| {
            let mut query = reader.sql.prepare_cached(WHOLE)?;
            let mut rows = query.query([from])?;
            let mut whole = Vec::new();
            while let Some(row) = rows.next()? {
                let strand = StrandId::from_bytes(row.get(1)?);
                let bytes = blob(row, 2)?;
                let Some(key) = reader.key(Scope::Strand, strand.as_bytes())? else { continue };
                let Content { summary, body } =
                    Content::unpack(&key.open("an event", bytes, blob(row, 3)?)?)?;
                let header = parse_header(bytes)?;
                whole.push(Whole { position: row.get(0)?, header, body, summary });
            }
            Ok(whole)
        })
    }
}
