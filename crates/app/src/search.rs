//! Search: the dossiers in which a viewer finds all that he looks for, and where in them.
//!
//! Which dossiers these are, the index says ([`store::search`]); what is shown of them comes from
//! the viewer's own fold, as everywhere.

use crate::roles::{self, Action};
use crate::{App, Trouble};
use catalogue::ids::{DossierId, UnitId};
use domain::body::Summary;
use domain::dossier::Dossier;
use domain::event::{Kind, Reference, State, What};
use jiff::Timestamp;
use std::ops::Range;
use store::search::texts::each_text;
use store::search::words::Query;
use store::viewer::Viewer;

/// What callers hold of the store.
pub use store::search::{Cursor, Filters, HITS_MAX};

/// The most places that are shown of a dossier.
const MATCHES_MAX: usize = 3;
/// So many characters are shown on each side of what was found.
const AROUND: usize = 60;

/// A page of what was found, the last active first.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Found {
    /// The dossiers.
    pub rows: Vec<FoundRow>,
    /// Where the next page begins.
    pub next: Option<Cursor>,
    /// Whether everything was looked at; otherwise the node has just started, and more may be found
    /// in a moment.
    pub complete: bool,
    /// How many words of the query were too many and not looked for.
    pub ignored: usize,
}

/// A dossier in which something was found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FoundRow {
    /// The dossier.
    pub id: DossierId,
    /// Its kind.
    pub kind: Kind,
    /// How it is cited.
    pub reference: Reference,
    /// The authority that opened it.
    pub home: UnitId,
    /// Where it stands.
    pub state: State,
    /// The last that happened in what he may read.
    pub last_activity: Timestamp,
    /// What a list shows of it.
    pub summary: Summary,
    /// Where it was found, the latest event first; at most three.
    pub matches: Vec<Match>,
}

/// A place in which something was found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Match {
    /// What sort of event it is; none: the reference itself.
    pub what: Option<What>,
    /// When that happened.
    pub at: Timestamp,
    /// The field, as a JSON pointer within the event, such as `/form/items/0/exporter/name`.
    pub field: String,
    /// What stands there, shortened.
    pub excerpt: String,
    /// Which bytes of the excerpt were found.
    pub found: Range<usize>,
}

impl App {
    /// A page of the dossiers in which this viewer finds all words of `text`. `limit`: at most
    /// [`HITS_MAX`] rows are given.
    ///
    /// # Errors
    /// The store fails.
    pub fn search(
        &self,
        viewer: &Viewer,
        text: &str,
        filters: &Filters,
        after: Option<Cursor>,
        limit: usize,
    ) -> Result<Found, Trouble> {
        let query = Query::parse(text);
        let mut found = Found { ignored: query.ignored(), ..Found::default() };
        if !roles::may(viewer, Action::Read) || query.is_empty() {
            return Ok(Found { complete: true, ..found });
        }
        self.settle_all()?;
        found.complete = self.index().is_ready();
        let page = self.index().find(viewer, &query, filters, after, limit)?;
        found.next = page.next;
        for hit in page.hits {
            let dossier = match self.read(viewer, hit.id) {
                Ok((seen, _)) => seen.dossier,
                // Taken off its list in this moment.
                Err(Trouble::NotFound) => continue,
                Err(trouble) => return Err(trouble),
            };
            found.rows.push(FoundRow {
                id: hit.id,
                kind: dossier.standing.kind,
                reference: dossier.standing.reference.clone(),
                home: dossier.standing.home.clone(),
                state: dossier.standing.state,
                last_activity: hit.last_activity,
                summary: dossier.summary(),
                matches: matches(&dossier, &query),
            });
        }
        Ok(found)
    }
}

/// Where a query is found in a viewer's dossier, the latest event first. The reference, which every
/// event bears, counts where nothing else does.
fn matches(dossier: &Dossier, query: &Query) -> Vec<Match> {
    let mut matches: Vec<Match> = Vec::new();
    let mut reference = None;
    for event in dossier.events.iter().rev() {
        let mut first = None;
        each_text(&event.header, event.body.as_ref(), &mut |place, text| {
            if first.is_none()
                && let Some(found) = query.find_in(text)
            {
                let field = place.to_string();
                let (excerpt, found) = excerpt(text, found);
                let at = event.header.at;
                let what = (field != "/reference").then_some(event.header.change.what);
                let here = Match { what, at, field, excerpt, found };
                match here.what {
                    Some(_) => first = Some(here),
                    None => reference = Some(here),
                }
            }
        });
        matches.extend(first);
        if matches.len() == MATCHES_MAX {
            break;
        }
    }
    if matches.is_empty() { reference.into_iter().collect() } else { matches }
}

/// What stands around a place in a text, in one line, and where in it the place is.
fn excerpt(text: &str, found: Range<usize>) -> (String, Range<usize>) {
    let (before, rest) = text.split_at_checked(found.start).unwrap_or((text, ""));
    let (word, after) = rest.split_at_checked(found.len()).unwrap_or((rest, ""));
    let one_line = |part: &str| part.replace(|c: char| c.is_control(), " ");
    let kept = before.chars().rev().take(AROUND).count();
    let cut_before = before.chars().count() - kept;
    let mut excerpt = String::new();
    if cut_before > 0 {
        excerpt.push('…');
    }
    excerpt.extend(one_line(before).chars().skip(cut_before));
    let start = excerpt.len();
    // A run without spaces may be as long as the whole text.
    excerpt.extend(one_line(word).chars().take(AROUND));
    let end = excerpt.len();
    if word.chars().count() > AROUND {
        excerpt.push('…');
    } else {
        excerpt.extend(one_line(after).chars().take(AROUND));
        if after.chars().count() > AROUND {
            excerpt.push('…');
        }
    }
    (excerpt, start..end)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_excerpt_is_short_and_knows_what_was_found() {
        let long = format!("{} Müller\nund {}", "vorher ".repeat(40), "nachher ".repeat(40));
        let found = Query::parse("muller").find_in(&long).unwrap();
        let (text, place) = excerpt(&long, found);
        assert_eq!(text.get(place).unwrap(), "Müller");
        assert!(text.chars().count() <= 2 * AROUND + "Müller……".chars().count(), "{text}");
        assert!(text.starts_with('…') && text.ends_with('…') && !text.contains('\n'), "{text}");
        assert_eq!(excerpt("ab cd", 3..5), ("ab cd".to_owned(), 3..5));
        let run = "x".repeat(5000);
        let (text, place) = excerpt(&run, 0..5000);
        assert_eq!((text.chars().count(), place), (AROUND + 1, 0..AROUND));
    }
}
