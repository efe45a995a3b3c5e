import { describe, expect, test } from "vitest";
import type { Item } from "../../../shared/model/item.ts";
import { ResultList } from "../../../shared/model/results.ts";
import { stateResults, type TestedControl, type Verdict } from "../../../shared/model/tested-control.ts";
import { type ControlVerdicts, VerdictTable } from "../../../shared/model/verdict-table.ts";

const review: TestedControl = {
  control: "REV-01",
  parameters: { least: 1, names: ["Ada"] },
  assertions: [
    { id: "approved", reads: ["change.title", "params.names"] },
    { id: "independent", reads: ["change.author.name"] },
  ],
};
const ticket: TestedControl = { control: "TRC-01", parameters: {}, assertions: [{ id: "named", reads: [] }] };

function itemOf(id: string): Item {
  const evidence = [{ evidence: "a".repeat(64), place: "line 1", as: "commit" }];
  return { id, title: `Title of ${id}`, author: { name: "Ada" }, evidence } as unknown as Item;
}

const pass: Verdict = { outcome: "pass", reason: "It is." };
const fail: Verdict = { outcome: "fail", reason: "Ada did both." };
const missing: Verdict = { outcome: "no-evidence", reason: "It is." };

const rows: readonly (readonly [Item, readonly ControlVerdicts[]])[] = [
  [
    itemOf("one"),
    [
      { tested: review, verdicts: [pass, fail] },
      { tested: ticket, verdicts: [missing] },
    ],
  ],
  [itemOf("two"), [{ tested: ticket, verdicts: [{ outcome: "not-applicable", reason: "" }] }]],
];

function tableOf(some: typeof rows): VerdictTable {
  const table = new VerdictTable();
  for (const [item, controls] of some) table.add("change", item, controls);
  return table;
}

describe("results that are held as verdicts", () => {
  const stated = rows.flatMap(([item, controls]) =>
    controls.flatMap(({ tested, verdicts }) => stateResults(tested, "change", item, verdicts)),
  );
  const table = tableOf(rows);

  test("are those that the verdicts state of the items, as often as they are asked for", () => {
    expect([...table]).toEqual(stated);
    expect([...table]).toEqual(stated);
    expect(table.length).toBe(stated.length);
  });

  test("are found and counted as in a list of them", () => {
    const list = new ResultList(stated);
    for (const id of ["one", "two", "three"]) expect(table.of("change", id)).toEqual(list.of("change", id));
    expect(table.of("week", "one")).toEqual([]);
    expect(table.has("change", "two") && !table.has("week", "two")).toBe(true);
    const outcomes = Array.from(list.outcomes(), ({ population, item, control, assertion, outcome }) => {
      return { population, item, control, assertion, outcome };
    });
    expect([...table.outcomes()]).toEqual(outcomes);
  });

  test("can be picked by item and control", () => {
    const picked = table.pick((_population, item, control) => item === "one" && control === "TRC-01");
    expect([...picked]).toEqual(stated.filter(({ item, control }) => item === "one" && control === "TRC-01"));
    expect(picked.has("change", "two")).toBe(false);
  });

  test("say in other words what the same results in these words say", () => {
    const reword = <Value>(value: Value): Value =>
      JSON.parse(JSON.stringify(value).replaceAll("Ada", "redacted-person-1"));
    expect([...table.reword(reword, reword)]).toEqual(stated.map(reword));
  });
});
