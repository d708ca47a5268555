-- The tables of `kb votes serve`, as SQLite has them: what `wrangler d1 export` writes, `kb votes audit` reads.
CREATE TABLE votes (
  id INTEGER NOT NULL PRIMARY KEY,
  minute INTEGER NOT NULL,
  entry VARCHAR(200) NOT NULL,
  workaround VARCHAR(300) NOT NULL,
  signal VARCHAR(20) NOT NULL,
  reader VARCHAR(32) NOT NULL,
  network VARCHAR(16) NOT NULL,
  turn INTEGER NOT NULL,
  change SMALLINT NOT NULL,
  cause VARCHAR(10) NOT NULL,
  CONSTRAINT one_turn UNIQUE (reader, entry, workaround, signal, turn)
);
CREATE INDEX votes_by_entry ON votes (entry, minute);
CREATE TABLE tallies (
  entry VARCHAR(200) NOT NULL,
  workaround VARCHAR(300) NOT NULL,
  signal VARCHAR(20) NOT NULL,
  count INTEGER NOT NULL,
  PRIMARY KEY (entry, workaround, signal)
);
CREATE TABLE salts (day INTEGER NOT NULL PRIMARY KEY, "key" VARCHAR(64));
CREATE TABLE blocked (pseudonym VARCHAR(32) NOT NULL PRIMARY KEY, day INTEGER NOT NULL);
CREATE TABLE missing (
  skeleton VARCHAR(400) NOT NULL PRIMARY KEY,
  count INTEGER NOT NULL,
  first_day INTEGER NOT NULL,
  last_day INTEGER NOT NULL
);
CREATE TABLE state (id INTEGER NOT NULL PRIMARY KEY, revision INTEGER NOT NULL);
INSERT INTO state (id, revision) VALUES (1, 0);
CREATE TABLE alembic_version (version_num VARCHAR(32) NOT NULL PRIMARY KEY);
INSERT INTO alembic_version (version_num) VALUES ('0001');

-- What a server keeps in its memory, and Workers have no memory for.
CREATE TABLE allowances ("key" VARCHAR(32) NOT NULL PRIMARY KEY, full_at INTEGER NOT NULL) WITHOUT ROWID;
CREATE INDEX allowances_full ON allowances (full_at);
CREATE TABLE measures (
  name VARCHAR(40) NOT NULL,
  word VARCHAR(20) NOT NULL,
  count INTEGER NOT NULL,
  PRIMARY KEY (name, word)
) WITHOUT ROWID;
