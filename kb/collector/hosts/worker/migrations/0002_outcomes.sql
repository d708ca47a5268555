-- What coding agents report of workarounds that they tried, apart from votes.
CREATE TABLE outcomes (
  entry VARCHAR(200) NOT NULL,
  workaround VARCHAR(300) NOT NULL,
  version VARCHAR(80) NOT NULL,
  helped SMALLINT NOT NULL,
  count INTEGER NOT NULL,
  first_day INTEGER NOT NULL,
  last_day INTEGER NOT NULL,
  PRIMARY KEY (entry, workaround, version, helped)
);
UPDATE alembic_version SET version_num = '0002';
