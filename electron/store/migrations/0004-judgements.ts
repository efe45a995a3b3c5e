import type { Migration } from "./migration.ts";
import { keepUnchanged } from "./written-once.ts";

/*
 * What people say about the results. Each row is one act: a judgement, a name under something, or the next revision of an
 * exception or a review note. None is changed or taken back; what holds is the newest. Programs that know version 3 only
 * would show results without what was judged of them: for them the file is newer.
 */
const tables = `
CREATE TABLE judgement (
  number INTEGER PRIMARY KEY,
  json TEXT NOT NULL
) STRICT;

CREATE TABLE sign_off (
  number INTEGER PRIMARY KEY,
  json TEXT NOT NULL
) STRICT;

CREATE TABLE exception (
  number INTEGER NOT NULL,
  revision INTEGER NOT NULL,
  json TEXT NOT NULL,
  PRIMARY KEY (number, revision)
) STRICT, WITHOUT ROWID;

CREATE TABLE review_note (
  number INTEGER NOT NULL,
  revision INTEGER NOT NULL,
  json TEXT NOT NULL,
  PRIMARY KEY (number, revision)
) STRICT, WITHOUT ROWID;
`;

const writtenOnce = ["judgement", "sign_off", "exception", "review_note"];

export const judgementsOfPeople: Migration = {
  version: 4,
  name: "judgements-of-people",
  change(database) {
    database.exec(tables);
    for (const table of writtenOnce) database.exec(keepUnchanged(table));
  },
};
