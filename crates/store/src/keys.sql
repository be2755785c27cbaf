-- keys.db: wrapped data keys, apart from the data and its backups.

CREATE TABLE IF NOT EXISTS meta (
    name  TEXT PRIMARY KEY,
    value TEXT NOT NULL
) STRICT, WITHOUT ROWID;

-- One row for each data key. `wrapped` is nonce, ciphertext and tag under the master key, bound to
-- scope and id; NULL once destroyed. Instants in microseconds since 1970.
CREATE TABLE IF NOT EXISTS key (
    scope     TEXT    NOT NULL,
    id        BLOB    NOT NULL,
    wrapped   BLOB,
    created   INTEGER NOT NULL,
    destroyed INTEGER,
    PRIMARY KEY (scope, id)
) STRICT, WITHOUT ROWID;
