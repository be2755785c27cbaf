//! Lists and counts: the dossiers on which somebody's units are, in the order of urgency.
//!
//! Order: on whom it waits, then due (nothing due comes last), then the dossier's random id, which
//! tells nothing. Where two of his units are on one list, the more urgent place counts, once.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;
use std::str::FromStr;

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD as BASE64;
use catalogue::ids::{DossierId, UnitId};
use domain::audience::Audience;
use domain::event::{Kind, Reference, State};
use domain::standing::{Place, Wait};
use jiff::Timestamp;
use rusqlite::params;

use super::{NEVER, ReadModels, instant, unit_id};
use crate::error::StoreError;
#[cfg(any(test, feature = "testing"))]
use crate::flaws::Flaw;
use crate::keys::Scope;
use crate::log::append::summary_bound_to;
use crate::log::blob;
use crate::log::chain::StrandId;
use crate::viewer::Viewer;
use crate::writer::Reader;

/// The most rows of a page.
pub const ROWS_MAX: u32 = 100;
/// So far each group is counted; beyond, the count says "or more".
pub const COUNTED_MAX: u32 = 1000;

/// What a list shows. An empty set filters nothing.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ListQuery {
    /// On whom it waits.
    pub waits: BTreeSet<Wait>,
    /// Its kind.
    pub kinds: BTreeSet<Kind>,
    /// Where it stands.
    pub states: BTreeSet<State>,
    /// The authority that opened it.
    pub homes: BTreeSet<UnitId>,
    /// Only what is addressed to this one of the viewer's units, such as his office.
    pub unit: Option<UnitId>,
    /// Only what is due at this instant or before.
    pub due_by: Option<Timestamp>,
    /// Where the page before ended.
    pub cursor: Option<Cursor>,
    /// The rows wanted; at most [`ROWS_MAX`] are given.
    pub limit: u32,
}

/// A page of a list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Page {
    /// Its rows.
    pub rows: Vec<ListRow>,
    /// Where the next page begins, if there is one.
    pub next: Option<Cursor>,
}

/// A row of a list: a dossier as its viewer may know it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ListRow {
    /// The dossier.
    pub id: DossierId,
    /// Its kind.
    pub kind: Kind,
    /// How it is cited.
    pub reference: Reference,
    /// The authority that opened it.
    pub home: UnitId,
    /// Its place: the most urgent one of his units.
    pub place: Place,
    /// The latest instant in the strands that he may read.
    pub last_activity: Timestamp,
    /// The summaries of those strands; without those whose key was destroyed.
    pub summaries: Vec<(Audience, Vec<u8>)>,
}

/// How many dossiers a viewer has, by group and kind.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Counts {
    /// The number for each; absent: none.
    pub by_group: BTreeMap<Wait, BTreeMap<Kind, u32>>,
    /// The groups of which there are more than [`COUNTED_MAX`]: their counts are of the first ones.
    pub more: BTreeSet<Wait>,
}

/// Where a page ended: the place of its last row, which the viewer has seen.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Cursor {
    wait: Wait,
    due: i64,
    id: DossierId,
}

impl Cursor {
    /// Where a page ends whose last row is this dossier at this place.
    pub fn after(place: &Place, id: DossierId) -> Cursor {
        let due = place.due.map_or(NEVER, Timestamp::as_microsecond);
        Cursor { wait: place.wait, due, id }
    }

    /// The same place in the order of another group.
    #[must_use]
    pub const fn within(self, wait: Wait) -> Cursor {
        Cursor { wait, ..self }
    }
}

/// A text that is no cursor.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("`{given}` is not a cursor: expected the one that the page before gave")]
pub struct NotACursor {
    /// The text as it was given.
    pub given: String,
}

impl fmt::Display for Cursor {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let due = self.due.to_be_bytes();
        let id = self.id.as_uuid();
        let bytes = [[self.wait.rank()].as_slice(), &due, id.as_bytes()].concat();
        f.write_str(&BASE64.encode(bytes))
    }
}

impl FromStr for Cursor {
    type Err = NotACursor;

    fn from_str(text: &str) -> Result<Cursor, NotACursor> {
        let parse = || {
            let bytes = BASE64.decode(text).ok()?;
            let (&rank, rest) = bytes.split_first()?;
            let (due, id) = rest.split_first_chunk::<8>()?;
            Some(Cursor {
                wait: Wait::from_rank(rank)?,
                due: i64::from_be_bytes(*due),
                id: DossierId::from_uuid(uuid::Uuid::from_slice(id).ok()?),
            })
        };
        parse().ok_or_else(|| NotACursor { given: text.to_owned() })
    }
}

// One group of a unit's list, after a place in it. Index: place_in_order (unit, wait, due, dossier).
// ?1 unit  ?2 rank of the group  ?3, ?4 due and dossier of the last row shown  ?5 all his units, and
// filters, NULL for none: ?6 kinds  ?7 states  ?8 homes  ?9 due by;  ?10 rows, at most 101.
// A row yields to a more urgent one of the same dossier for another of his units.
const GROUP: &str = "SELECT p.dossier, p.due, p.state, p.kind FROM place p \
    WHERE p.unit = ?1 AND p.wait = ?2 AND (p.due, p.dossier) > (?3, ?4) \
      AND (?6 IS NULL OR p.kind IN (SELECT value FROM json_each(?6))) \
      AND (?7 IS NULL OR p.state IN (SELECT value FROM json_each(?7))) \
      AND (?8 IS NULL OR (SELECT d.home FROM dossier d WHERE d.id = p.dossier) \
                         IN (SELECT value FROM json_each(?8))) \
      AND (?9 IS NULL OR p.due <= ?9) \
      AND NOT EXISTS (SELECT 1 FROM json_each(?5) u JOIN place b \
                      ON b.dossier = p.dossier AND b.unit = u.value \
                      WHERE (b.wait, b.due, b.unit) < (p.wait, p.due, p.unit)) \
    ORDER BY p.due, p.dossier LIMIT ?10";
// What never changes about a dossier. Index: the primary key.  ?1 dossier
const DOSSIER: &str = "SELECT kind, reference, home FROM dossier WHERE id = ?1";
// The strands of a dossier with their summaries. Index: the primary key.  ?1 dossier
const SUMMARIES: &str = "SELECT id, audience, activity, summary FROM strand WHERE dossier = ?1";
// How many of each kind are among the first rows of a group. Index: place_in_order.
// ?1 unit  ?2 rank of the group  ?3 all his units  ?4 rows counted
const COUNT: &str = "SELECT kind, count(*) FROM (SELECT p.kind AS kind FROM place p \
    WHERE p.unit = ?1 AND p.wait = ?2 \
      AND NOT EXISTS (SELECT 1 FROM json_each(?3) u JOIN place b \
                      ON b.dossier = p.dossier AND b.unit = u.value \
                      WHERE (b.wait, b.due, b.unit) < (p.wait, p.due, p.unit)) \
    ORDER BY p.due, p.dossier LIMIT ?4) GROUP BY kind";

/// A row before what it shows is looked up.
struct Found {
    id: DossierId,
    due: i64,
    state: State,
}

/// The filters of a query as the database takes them.
struct Filters {
    kinds: Option<String>,
    states: Option<String>,
    homes: Option<String>,
    due_by: Option<i64>,
    /// The units whose lists are shown.
    units: Vec<UnitId>,
    units_json: String,
}

impl Filters {
    fn of(viewer: &Viewer, query: &ListQuery) -> Filters {
        let wanted = |unit: &&UnitId| query.unit.as_ref().is_none_or(|one| one == *unit);
        let units: Vec<UnitId> = viewer.units().filter(wanted).cloned().collect();
        Filters {
            kinds: words(query.kinds.iter().map(|kind| kind.word())),
            states: words(query.states.iter().map(|state| state.word())),
            homes: words(query.homes.iter().map(UnitId::as_str)),
            due_by: query.due_by.map(Timestamp::as_microsecond),
            units_json: words(units.iter().map(UnitId::as_str)).unwrap_or_else(|| "[]".to_owned()),
            units,
        }
    }
}

/// Words as a JSON list; none where there are none.
fn words<'a>(words: impl Iterator<Item = &'a str>) -> Option<String> {
    let words: Vec<&str> = words.collect();
    (!words.is_empty()).then(|| serde_json::json!(words).to_string())
}

impl ReadModels<'_> {
    /// A page of the dossiers that exist for this viewer. The system has no list.
    ///
    /// # Errors
    /// A failure of the database, or [`StoreError::Broken`] where a summary was changed.
    pub fn list(&self, viewer: &Viewer, query: &ListQuery) -> Result<Page, StoreError> {
        let limit = query.limit.clamp(1, ROWS_MAX) as usize;
        self.database.read(|reader| {
            let filters = Filters::of(viewer, query);
            let mut rows = Vec::new();
            for wait in Wait::ALL {
                let asked = query.waits.is_empty() || query.waits.contains(&wait);
                let ahead = query.cursor.is_none_or(|cursor| cursor.wait <= wait);
                if asked && ahead && rows.len() <= limit {
                    let after = query.cursor.filter(|cursor| cursor.wait == wait);
                    let wanted = limit + 1 - rows.len();
                    let found = group(reader, wait, after, &filters, wanted)?;
                    rows.extend(found.into_iter().map(|found| (wait, found)));
                }
            }
            let more = rows.len() > limit;
            rows.truncate(limit);
            let last =
                rows.last().map(|(wait, row)| Cursor { wait: *wait, due: row.due, id: row.id });
            let mut page = Page { rows: Vec::new(), next: last.filter(|_| more) };
            for (wait, found) in rows {
                page.rows.extend(look_up(reader, viewer, wait, &found)?);
            }
            Ok(page)
        })
    }

    /// How many dossiers exist for this viewer, by group and kind, each group counted so far only
    /// as [`COUNTED_MAX`].
    ///
    /// # Errors
    /// A failure of the database.
    pub fn counts(&self, viewer: &Viewer) -> Result<Counts, StoreError> {
        self.database.read(|reader| {
            let units = words(viewer.units().map(UnitId::as_str)).unwrap_or_default();
            let mut query = reader.sql.prepare_cached(COUNT)?;
            let mut counts = Counts::default();
            for wait in Wait::ALL {
                let mut left = COUNTED_MAX + 1;
                for unit in viewer.units() {
                    let mut rows = query.query(params![unit.as_str(), wait.rank(), units, left])?;
                    while let Some(row) = rows.next()? {
                        let (kind, count) = (word::<Kind>(row, 0)?, row.get::<_, u32>(1)?);
                        left = left.saturating_sub(count);
                        *counts.by_group.entry(wait).or_default().entry(kind).or_default() += count;
                    }
                }
                if left == 0 {
                    counts.more.insert(wait);
                }
            }
            Ok(counts)
        })
    }
}

/// The first rows of a group over all his units, merged.
fn group(
    reader: &Reader<'_>,
    wait: Wait,
    after: Option<Cursor>,
    filters: &Filters,
    wanted: usize,
) -> Result<Vec<Found>, StoreError> {
    let mut query = reader.sql.prepare_cached(GROUP)?;
    let due = after.map_or(i64::MIN, |cursor| cursor.due);
    let id = after.map_or([0; 16], |cursor| cursor.id.as_uuid().into_bytes());
    let mut found = Vec::new();
    for unit in &filters.units {
        let mut rows = query.query(params![
            unit.as_str(),
            wait.rank(),
            due,
            id,
            filters.units_json,
            filters.kinds,
            filters.states,
            filters.homes,
            filters.due_by,
            wanted
        ])?;
        while let Some(row) = rows.next()? {
            let id = super::dossier_id(row)?;
            found.push(Found { id, due: row.get(1)?, state: word(row, 2)? });
        }
    }
    found.sort_unstable_by_key(|row| (row.due, row.id));
    found.truncate(wanted);
    Ok(found)
}

/// What a row shows; none where the viewer may read no strand of it.
fn look_up(
    reader: &Reader<'_>,
    viewer: &Viewer,
    wait: Wait,
    found: &Found,
) -> Result<Option<ListRow>, StoreError> {
    let uuid = found.id.as_uuid();
    let mut query = reader.sql.prepare_cached(SUMMARIES)?;
    let mut rows = query.query([uuid.as_bytes()])?;
    let mut summaries = Vec::new();
    let mut activity: Option<i64> = None;
    while let Some(row) = rows.next()? {
        let audience: Audience = json(row, 1)?;
        let is_his = viewer.is_of(&audience);
        #[cfg(any(test, feature = "testing"))]
        if !is_his && reader.entropy.has(Flaw::ActivityPerDossier) {
            activity = activity.max(Some(row.get(2)?));
        }
        #[cfg(any(test, feature = "testing"))]
        let is_his = is_his || reader.entropy.has(Flaw::SummaryPerDossier);
        if !is_his {
            continue;
        }
        activity = activity.max(Some(row.get(2)?));
        let strand = StrandId::from_bytes(row.get(0)?);
        if matches!(row.get_ref(3)?, rusqlite::types::ValueRef::Null) {
            continue;
        }
        if let Some(key) = reader.key(Scope::Strand, strand.as_bytes())? {
            let sealed = blob(row, 3)?;
            summaries.push((audience, key.open("a summary", &summary_bound_to(strand), sealed)?));
        }
    }
    let Some(activity) = activity else { return Ok(None) };
    // By audience, not by the strand's id: the order is the same in every dossier.
    summaries.sort_unstable();
    let mut query = reader.sql.prepare_cached(DOSSIER)?;
    let mut rows = query.query([uuid.as_bytes()])?;
    let Some(row) = rows.next()? else {
        return Err(StoreError::Malformed { what: "the read model of a dossier" });
    };
    let due = if found.due == NEVER { None } else { Some(instant(found.due)?) };
    Ok(Some(ListRow {
        id: found.id,
        kind: word(row, 0)?,
        reference: word(row, 1)?,
        home: unit_id(row, 2)?,
        place: Place { wait, due, state: found.state },
        last_activity: instant(activity)?,
        summaries,
    }))
}

/// A column of text that is one of our own words.
fn word<T: FromStr>(row: &rusqlite::Row<'_>, column: usize) -> Result<T, StoreError> {
    let text = row.get_ref(column)?.as_str().map_err(rusqlite::Error::from)?;
    text.parse().map_err(|_| StoreError::Malformed { what: "a read model" })
}

fn json<T: serde::de::DeserializeOwned>(
    row: &rusqlite::Row<'_>,
    column: usize,
) -> Result<T, StoreError> {
    let text = row.get_ref(column)?.as_str().map_err(rusqlite::Error::from)?;
    serde_json::from_str(text).map_err(|_| StoreError::Malformed { what: "a read model" })
}
