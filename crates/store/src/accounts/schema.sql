-- Accounts, what signs them in, the directory, settings and the outbox.
-- In clear: ids, units, instants (machine time, microseconds since 1970), counts and words of
-- settings. Personal data are sealed under the node's key; what is looked up by a secret or by a
-- personal value is looked up by its keyed hash.

-- A unit of the directory. `office`: whether it is a customs office; `closed`: whether it has a last day;
-- `data`: sealed JSON of `catalogue::authorities::Unit`, with the people on duty.
CREATE TABLE IF NOT EXISTS unit (
  id     TEXT PRIMARY KEY,
  parent TEXT REFERENCES unit (id),
  office INTEGER NOT NULL,
  closed INTEGER NOT NULL,
  data   BLOB NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS unit_by_parent ON unit (parent);

-- Grows with each change of the directory, so that an opened one is known to be current.
CREATE TABLE IF NOT EXISTS directory (
  one     INTEGER PRIMARY KEY CHECK (one = 1),
  version INTEGER NOT NULL
) STRICT;

-- Whether an authority's contact point approves what its officers drafted, where that was set.
CREATE TABLE IF NOT EXISTS approval (
  authority TEXT NOT NULL REFERENCES unit (id),
  kind      TEXT NOT NULL,
  step      TEXT NOT NULL,
  PRIMARY KEY (authority, kind)
) STRICT, WITHOUT ROWID;

-- A person or a machine. `login`: keyed hash; `profile`: sealed JSON (login, name, mail, roles,
-- preferences); `password`: sealed PHC string, none until it is set; `disabled`: since when.
CREATE TABLE IF NOT EXISTS account (
  id       BLOB PRIMARY KEY,
  login    BLOB NOT NULL UNIQUE,
  unit     TEXT NOT NULL REFERENCES unit (id),
  profile  BLOB NOT NULL,
  password BLOB,
  created  INTEGER NOT NULL,
  disabled INTEGER
) STRICT, WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS account_by_unit ON account (unit);

-- A session. `hash`: keyed hash of its token. A revoked session is deleted; an expired one stays for
-- a while, so that it is recognised.
CREATE TABLE IF NOT EXISTS session (
  hash    BLOB PRIMARY KEY,
  account BLOB NOT NULL REFERENCES account (id),
  started INTEGER NOT NULL,
  touched INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS session_by_account ON session (account);
CREATE INDEX IF NOT EXISTS session_by_touched ON session (touched);

-- A token of the API. `name`: sealed; `used`: when last, to the minute.
CREATE TABLE IF NOT EXISTS api_token (
  id      BLOB PRIMARY KEY,
  hash    BLOB NOT NULL UNIQUE,
  account BLOB NOT NULL REFERENCES account (id),
  name    BLOB NOT NULL,
  created INTEGER NOT NULL,
  expires INTEGER NOT NULL,
  used    INTEGER
) STRICT, WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS api_token_by_account ON api_token (account);

-- A single-use link or the half-way of a sign-in. `hash`: keyed hash of its token; deleted when used.
CREATE TABLE IF NOT EXISTS single_use (
  hash    BLOB PRIMARY KEY,
  account BLOB NOT NULL REFERENCES account (id),
  purpose TEXT NOT NULL,
  expires INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS single_use_by_account ON single_use (account, purpose);
CREATE INDEX IF NOT EXISTS single_use_by_expires ON single_use (expires);

-- A second factor. `secret`: sealed; `confirmed`: since when it counts; `step`: the last time step of
-- which a code was taken.
CREATE TABLE IF NOT EXISTS second_factor (
  account   BLOB PRIMARY KEY REFERENCES account (id),
  secret    BLOB NOT NULL,
  confirmed INTEGER,
  step      INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

-- Recovery codes that have not been used. `hash`: keyed hash.
CREATE TABLE IF NOT EXISTS recovery_code (
  account BLOB NOT NULL REFERENCES account (id),
  hash    BLOB NOT NULL,
  PRIMARY KEY (account, hash)
) STRICT, WITHOUT ROWID;

-- Buckets of attempts to sign in (`throttle.rs`). `key`: keyed hash of login, address or both.
CREATE TABLE IF NOT EXISTS attempt (
  key     BLOB PRIMARY KEY,
  full_at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS attempt_by_full_at ON attempt (full_at);

-- What a person had typed when the session ran out: one a person. `data`: sealed path and bytes.
CREATE TABLE IF NOT EXISTS kept_input (
  account BLOB PRIMARY KEY REFERENCES account (id),
  at      INTEGER NOT NULL,
  data    BLOB NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS kept_input_by_at ON kept_input (at);

-- What was changed in an authority's accounts, units and settings. `entry`: sealed JSON (by, what).
CREATE TABLE IF NOT EXISTS admin_log (
  id        INTEGER PRIMARY KEY AUTOINCREMENT,
  authority TEXT NOT NULL,
  at        INTEGER NOT NULL,
  entry     BLOB NOT NULL
) STRICT;
CREATE INDEX IF NOT EXISTS admin_log_by_authority ON admin_log (authority, id);

-- Mail to be sent. `message`: sealed JSON; `attempts`: how many failed.
CREATE TABLE IF NOT EXISTS outbox (
  id       INTEGER PRIMARY KEY AUTOINCREMENT,
  message  BLOB NOT NULL,
  due      INTEGER NOT NULL,
  attempts INTEGER NOT NULL
) STRICT;
CREATE INDEX IF NOT EXISTS outbox_by_due ON outbox (due, id);

-- How far a follower of the log has come.
CREATE TABLE IF NOT EXISTS follower (
  name     TEXT PRIMARY KEY,
  position INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
