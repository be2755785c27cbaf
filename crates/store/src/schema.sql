-- ecm.db: the log, and the read models that are derived from it.
-- Ids are 16 bytes (UUID) or 32 bytes (strand), hashes 32 bytes, instants microseconds since 1970.
-- In clear are event headers, and of read models ids, kind, state, units, instants; all else is sealed.

CREATE TABLE IF NOT EXISTS meta (
    name  TEXT PRIMARY KEY,
    value TEXT NOT NULL
) STRICT, WITHOUT ROWID;

-- The log. `position` orders the fold and is the leaf's place in the node's Merkle tree; it stands
-- outside the header and is never shown. `dossier`, `strand`, `seq` repeat the header for the index
-- and are verified against it.
CREATE TABLE IF NOT EXISTS event (
    position INTEGER PRIMARY KEY,
    dossier  BLOB    NOT NULL,
    strand   BLOB    NOT NULL,
    seq      INTEGER NOT NULL,
    header   BLOB    NOT NULL,
    body     BLOB    NOT NULL,
    hash     BLOB    NOT NULL
) STRICT;
CREATE UNIQUE INDEX IF NOT EXISTS event_of_strand ON event (dossier, strand, seq);

-- The right edge of the Merkle tree: the roots of its full subtrees, the largest first.
CREATE TABLE IF NOT EXISTS edge (
    one    INTEGER PRIMARY KEY CHECK (one = 1),
    size   INTEGER NOT NULL,
    hashes BLOB    NOT NULL
) STRICT;

-- Signed checkpoints, each as it was published.
CREATE TABLE IF NOT EXISTS checkpoint (
    size INTEGER PRIMARY KEY,
    at   INTEGER NOT NULL,
    note TEXT    NOT NULL
) STRICT;

-- Commands that were done, per account, so that a repetition is answered and not done again.
-- `request` is a keyed hash; `done` lists dossiers (16 bytes) and versions (32 bytes) in turn.
CREATE TABLE IF NOT EXISTS command (
    account BLOB NOT NULL,
    command BLOB NOT NULL,
    request BLOB NOT NULL,
    done    BLOB NOT NULL,
    PRIMARY KEY (account, command)
) STRICT, WITHOUT ROWID;

-- Who has read what, coalesced per person, dossier and hour; `units` are the reader's own and those
-- that contain it, as a JSON list. A log of its own: it never changes a version.
CREATE TABLE IF NOT EXISTS reading (
    dossier BLOB    NOT NULL,
    account BLOB    NOT NULL,
    hour    INTEGER NOT NULL,
    units   TEXT    NOT NULL,
    first   INTEGER NOT NULL,
    last    INTEGER NOT NULL,
    PRIMARY KEY (dossier, account, hour)
) STRICT, WITHOUT ROWID;

-- Read model: what never changes about a dossier.
CREATE TABLE IF NOT EXISTS dossier (
    id        BLOB PRIMARY KEY,
    kind      TEXT NOT NULL,
    reference TEXT NOT NULL,
    home      TEXT NOT NULL
) STRICT, WITHOUT ROWID;
-- Not unique: that a reference is taken would tell of a dossier that one may not see.
CREATE INDEX IF NOT EXISTS dossier_by_reference ON dossier (reference);

-- Read model: the strands of a dossier. `head` is the hash of the last event, `events` their
-- number, `summary` is sealed under the strand's key, `destroyed` says that the key is gone.
CREATE TABLE IF NOT EXISTS strand (
    dossier   BLOB    NOT NULL,
    id        BLOB    NOT NULL,
    audience  TEXT    NOT NULL,
    head      BLOB    NOT NULL,
    events    INTEGER NOT NULL,
    activity  INTEGER NOT NULL,
    summary   BLOB,
    destroyed INTEGER NOT NULL DEFAULT 0,
    PRIMARY KEY (dossier, id)
) STRICT, WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS strand_destroyed ON strand (id) WHERE destroyed = 1;

-- Read model: the units on each distribution list now, and the dossier's place in their lists.
-- A row here is what membership means. `due` is the last instant there is where nothing is due.
CREATE TABLE IF NOT EXISTS place (
    dossier BLOB    NOT NULL,
    unit    TEXT    NOT NULL,
    wait    INTEGER NOT NULL,
    due     INTEGER NOT NULL,
    state   TEXT    NOT NULL,
    kind    TEXT    NOT NULL,
    PRIMARY KEY (dossier, unit)
) STRICT, WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS place_in_order ON place (unit, wait, due, dossier, state, kind);

-- Read model: when time itself will next change a dossier.
CREATE TABLE IF NOT EXISTS wake (
    dossier BLOB PRIMARY KEY,
    at      INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS wake_by_time ON wake (at, dossier);
