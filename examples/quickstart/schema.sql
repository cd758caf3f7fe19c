PRAGMA foreign_keys = ON;

CREATE TABLE IF NOT EXISTS users (
    id    INTEGER PRIMARY KEY,
    name  TEXT NOT NULL,
    token TEXT NOT NULL UNIQUE
) STRICT;

CREATE TABLE IF NOT EXISTS bookmarks (
    id        INTEGER PRIMARY KEY,
    user      INTEGER NOT NULL REFERENCES users,
    title     TEXT NOT NULL,
    url       TEXT NOT NULL,
    reachable INTEGER,
    UNIQUE (user, url)
) STRICT;

INSERT OR IGNORE INTO users (id, name, token) VALUES
    (1, 'Ada', 'ada-counts'),
    (2, 'Grace', 'grace-compiles');
