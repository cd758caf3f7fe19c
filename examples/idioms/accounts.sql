-- What `with-diesel` and `with-sqlx` transfer money between.
CREATE TABLE IF NOT EXISTS accounts (
    owner TEXT PRIMARY KEY NOT NULL,
    balance BIGINT NOT NULL CHECK (balance >= 0)
);

INSERT OR IGNORE INTO accounts (owner, balance) VALUES ('Ada', 100), ('Grace', 0);
