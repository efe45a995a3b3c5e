import type { Migration } from "./migration.ts";
import { keepUnchanged, keepUndeleted } from "./written-once.ts";

/*
 * Rows that are evidence of something (what was received, frozen, drawn and done) are written once. The triggers are
 * there against mistakes of the program; against a person with an SQLite shell stand the hashes, the chain of the
 * activity log and, when a file is opened, the comparison of its schema with this one.
 */

const tables = `
CREATE TABLE engagement (
  number INTEGER PRIMARY KEY CHECK (number = 1),
  json TEXT NOT NULL
) STRICT;

CREATE TABLE source (
  number INTEGER PRIMARY KEY,
  id TEXT NOT NULL UNIQUE,
  json TEXT NOT NULL
) STRICT;

CREATE TABLE pull (
  number INTEGER PRIMARY KEY,
  id TEXT NOT NULL UNIQUE,
  source INTEGER NOT NULL REFERENCES source (number),
  state TEXT NOT NULL CHECK (state IN ('running', 'interrupted', 'complete')),
  started_at TEXT NOT NULL,
  finished_at TEXT,
  records INTEGER NOT NULL DEFAULT 0,
  requests INTEGER NOT NULL DEFAULT 0,
  cursor TEXT NOT NULL DEFAULT 'null',
  ipe TEXT,
  CHECK ((state = 'complete') = (ipe IS NOT NULL))
) STRICT;
-- A source has one open pull at most: the next one goes on from it.
CREATE UNIQUE INDEX pull_open ON pull (source) WHERE state <> 'complete';
CREATE INDEX pull_source ON pull (source, number);

CREATE TABLE request (
  pull INTEGER NOT NULL REFERENCES pull (number),
  sequence INTEGER NOT NULL,
  json TEXT NOT NULL,
  PRIMARY KEY (pull, sequence)
) STRICT, WITHOUT ROWID;

-- Bytes as received, each once. A row number as key keeps them in order of receipt; only the index on the hash is random.
CREATE TABLE content (
  number INTEGER PRIMARY KEY,
  sha256 BLOB NOT NULL UNIQUE CHECK (length(sha256) = 32),
  size INTEGER NOT NULL,
  codec TEXT NOT NULL CHECK (codec IN ('raw', 'zstd')),
  bytes BLOB NOT NULL
) STRICT;

-- One row for each time that bytes were received. sequence is the order within the pull, from 1 without a gap.
-- The unique key begins with content, which grows, so that it is filled from its end like the table itself.
CREATE TABLE receipt (
  pull INTEGER NOT NULL REFERENCES pull (number),
  sequence INTEGER NOT NULL,
  content INTEGER NOT NULL REFERENCES content (number),
  format TEXT NOT NULL,
  locator TEXT NOT NULL,
  first_line INTEGER NOT NULL,
  columns TEXT,
  received_at INTEGER NOT NULL,
  PRIMARY KEY (pull, sequence),
  UNIQUE (content, pull, locator, first_line)
) STRICT, WITHOUT ROWID;

CREATE TABLE people (
  number INTEGER PRIMARY KEY,
  json TEXT NOT NULL
) STRICT;

CREATE TABLE freeze (
  number INTEGER PRIMARY KEY,
  id TEXT NOT NULL UNIQUE,
  population TEXT NOT NULL,
  json TEXT NOT NULL
) STRICT;

-- Narrow, since it is searched and sorted; the items themselves are beside it.
CREATE TABLE item (
  number INTEGER PRIMARY KEY,
  freeze INTEGER NOT NULL REFERENCES freeze (number),
  id TEXT NOT NULL,
  position INTEGER NOT NULL,
  title TEXT NOT NULL,
  at TEXT NOT NULL,
  repository TEXT NOT NULL,
  UNIQUE (freeze, id),
  UNIQUE (freeze, position)
) STRICT;
CREATE INDEX item_time ON item (freeze, at);
CREATE TABLE item_content (
  item INTEGER PRIMARY KEY REFERENCES item (number),
  json TEXT NOT NULL
) STRICT;

-- freeze is a freeze's id, or empty for what belongs to the engagement as a whole.
CREATE TABLE document (
  freeze TEXT NOT NULL,
  name TEXT NOT NULL,
  json TEXT NOT NULL,
  PRIMARY KEY (freeze, name)
) STRICT;

CREATE TABLE draw (
  number INTEGER PRIMARY KEY,
  id TEXT NOT NULL UNIQUE,
  freeze INTEGER NOT NULL REFERENCES freeze (number),
  population TEXT NOT NULL,
  seed TEXT NOT NULL,
  json TEXT NOT NULL
) STRICT;
CREATE UNIQUE INDEX draw_seed ON draw (population, seed) WHERE seed <> '';

-- Derived, so it may be derived again.
CREATE TABLE result (
  number INTEGER PRIMARY KEY,
  draw INTEGER NOT NULL REFERENCES draw (number),
  control TEXT NOT NULL,
  assertion TEXT NOT NULL,
  item TEXT NOT NULL,
  outcome TEXT NOT NULL,
  json TEXT NOT NULL,
  UNIQUE (draw, control, assertion, item)
) STRICT;
CREATE INDEX result_item ON result (draw, item);

CREATE TABLE activity (
  number INTEGER PRIMARY KEY,
  at TEXT NOT NULL,
  "by" TEXT NOT NULL,
  kind TEXT NOT NULL,
  subject TEXT NOT NULL,
  before TEXT NOT NULL,
  after TEXT NOT NULL,
  previous TEXT NOT NULL,
  hash TEXT NOT NULL
) STRICT;
`;

const writtenOnce = [
  "engagement",
  "request",
  "content",
  "receipt",
  "people",
  "freeze",
  "item",
  "item_content",
  "document",
  "draw",
  "activity",
];

const keepCompletePulls = `
CREATE TRIGGER pull_complete BEFORE UPDATE ON pull WHEN OLD.state = 'complete'
BEGIN SELECT RAISE(ABORT, 'a complete pull is written once'); END;`;

export const firstTables: Migration = {
  version: 1,
  name: "first-tables",
  change(database) {
    database.exec(tables);
    for (const table of writtenOnce) database.exec(keepUnchanged(table));
    for (const table of ["source", "pull"]) database.exec(keepUndeleted(table));
    database.exec(keepCompletePulls);
  },
};
