import type { Database } from "better-sqlite3";
import type { Migration } from "./migration.ts";
import { keepUnchanged } from "./written-once.ts";

/*
 * Results of a draw of everything are millions: each keeps its outcome and its reason, and what all results of a control
 * have in common is kept once. The values that a rule read are read again from the frozen item. Drawn items get rows of their
 * own, so that lists of them are filtered, sorted and paged here.
 */
const change = `
ALTER TABLE item ADD COLUMN about TEXT NOT NULL DEFAULT '';

CREATE TABLE drawn_item (
  draw INTEGER NOT NULL REFERENCES draw (number),
  position INTEGER NOT NULL,
  item INTEGER NOT NULL REFERENCES item (number),
  PRIMARY KEY (draw, position),
  UNIQUE (draw, item)
) STRICT, WITHOUT ROWID;
${keepUnchanged("drawn_item")}
INSERT INTO drawn_item (draw, position, item)
  SELECT d.number, e.key, i.number FROM draw d, json_each(d.json, '$.items') e
  JOIN item i ON i.freeze = d.freeze AND i.id = e.value;

-- Results are derived, so they may be derived again. A testing is one run of some controls over a draw: one without tested
-- controls is going on, or was when the program ended.
CREATE TABLE testing (
  number INTEGER PRIMARY KEY,
  draw INTEGER NOT NULL REFERENCES draw (number)
) STRICT;

CREATE TABLE tested_control (
  draw INTEGER NOT NULL REFERENCES draw (number),
  control TEXT NOT NULL,
  -- In the catalog.
  place INTEGER NOT NULL,
  -- Where its reasons are: the testing, and which of the lists in each of its verdicts.
  testing INTEGER NOT NULL REFERENCES testing (number),
  slot INTEGER NOT NULL,
  -- Digest of all that the results rest on besides the frozen items; empty where it is not known.
  basis TEXT NOT NULL,
  json TEXT NOT NULL,
  -- Outcomes of all items in the order of the draw, each as one letter for each assertion.
  letters TEXT NOT NULL,
  PRIMARY KEY (draw, control)
) STRICT;

-- Reasons of one item: a list for each control that was tested, in it one for each assertion.
CREATE TABLE verdict (
  testing INTEGER NOT NULL REFERENCES testing (number),
  position INTEGER NOT NULL,
  reasons TEXT NOT NULL,
  PRIMARY KEY (testing, position)
) STRICT, WITHOUT ROWID;
`;

interface OldResult {
  readonly draw: number;
  readonly control: string;
  readonly position: number;
  readonly json: string;
}

interface OldContent {
  readonly assertion: string;
  readonly outcome: "pass" | "fail" | "no-evidence" | "not-applicable";
  readonly reason: string;
  readonly values: Record<string, unknown>;
}

const letterByOutcome = { "pass": "p", "fail": "f", "no-evidence": "e", "not-applicable": "n" } as const;
const prefix = "params.";

/** The results of earlier versions are taken over: an export or a judgement may rest on them. */
function takeOver(database: Database): void {
  const sizes = database.prepare<[number], number>("SELECT count(*) FROM drawn_item WHERE draw = ?").pluck();
  const insertTesting = database.prepare("INSERT INTO testing (draw) VALUES (?)");
  const insertControl = database.prepare("INSERT INTO tested_control VALUES (?, ?, ?, ?, 0, '', ?, ?)");
  const insertVerdict = database.prepare("INSERT INTO verdict VALUES (?, ?, ?)");
  const rows = database
    .prepare<[], OldResult>(
      `SELECT r.draw, r.control, t.position, r.json FROM result r JOIN draw d ON d.number = r.draw
       JOIN item i ON i.freeze = d.freeze AND i.id = r.item JOIN drawn_item t ON t.draw = r.draw AND t.item = i.number
       ORDER BY r.number`,
    )
    .all();
  const controls = Map.groupBy(rows, ({ draw, control }) => JSON.stringify([draw, control]));
  for (const [place, results] of [...controls.values()].entries()) {
    const [first] = results;
    if (!first) continue;
    const contents = results.map(({ position, json }) => ({ position, ...(JSON.parse(json) as OldContent) }));
    const tested = describeControl(first.control, contents);
    const items = [...Map.groupBy(contents, ({ position }) => position)].sort(([left], [right]) => left - right);
    // Outcomes are found by their place: what has a gap is left to be evaluated again.
    const isWhole = items.every(([, own]) => own.length === tested.assertions.length);
    if (!isWhole || items.length !== sizes.get(first.draw)) continue;
    const testing = insertTesting.run(first.draw).lastInsertRowid;
    const letters = items.flatMap(([, own]) => own.map(({ outcome }) => letterByOutcome[outcome])).join("");
    insertControl.run(first.draw, first.control, place, testing, JSON.stringify(tested), letters);
    for (const [position, own] of items)
      insertVerdict.run(testing, position, JSON.stringify([own.map(({ reason }) => reason)]));
  }
}

/** What a control's results have in common: the paths that each assertion read, and the parameters among them. */
function describeControl(control: string, contents: readonly OldContent[]) {
  const reads = new Map(contents.map(({ assertion, values }) => [assertion, Object.keys(values)]));
  const values = contents.flatMap((content) => Object.entries(content.values));
  const parameters = values.filter(([path]) => path.startsWith(prefix));
  return {
    control,
    parameters: Object.fromEntries(parameters.map(([path, value]) => [path.slice(prefix.length), value])),
    assertions: [...reads].map(([id, paths]) => ({ id, reads: paths })),
  };
}

export const resultsByControl: Migration = {
  version: 5,
  name: "results-by-control",
  change(database) {
    database.exec(change);
    takeOver(database);
    database.exec("DROP TABLE result");
  },
};
