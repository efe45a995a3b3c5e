import { worstOutcome } from "../../evaluation/item-outcomes.ts";
import { exceptionRef, stateOfException } from "../../model/audit-exception.ts";
import { judgementRef } from "../../model/judgement.ts";
import { PopulationKind } from "../../model/population-kind.ts";
import { nounsOf } from "../../model/population-words.ts";
import { type AuditRecord, type ControlTest, controlTests } from "../audit-record.ts";
import { idsPath } from "../bundle-parts.ts";

export type Cell = string | number | null;

/** A table for a spreadsheet: a file in CSV, a sheet in the workbook. */
export interface WorkpaperTable {
  /** File name without its ending; in a sheet's name too, and so short. */
  readonly name: string;
  readonly columns: readonly string[];
  /** Can be gone through again and again: those of a large sample are made on the way. */
  readonly rows: Iterable<readonly Cell[]>;
  /** Rows that come first where a sheet has no room for all. */
  readonly isUrgent?: (row: readonly Cell[]) => boolean;
}

/** Larger populations are a burden to a spreadsheet; their ids stand in the bundle as plain lists. */
const mostListedItems = 100_000;

/** The workpapers of an audit as tables. What there is none of has no table. */
export function workpaperTables(record: AuditRecord): WorkpaperTable[] {
  const tests = controlTests(record);
  return [
    conclusionTable(record),
    ...PopulationKind.options.map((population) => matrixTable(population, tests)),
    itemTable(tests),
    resultTable(tests),
    deviationTable(tests),
    judgementTable(record),
    exceptionTable(record),
    drawTable(record),
    populationTable(record),
    populationItemTable(record),
  ].filter(({ rows }) => rows[Symbol.iterator]().next().done !== true);
}

function conclusionTable({ conclusions }: AuditRecord): WorkpaperTable {
  const columns = [
    ...["Control", "Title", "Population", "Sample", "Basis", "Conclusion", "Population size", "Tested", "Applicable"],
    ...["Pass", "Fail", "No evidence", "Not applicable", "Deviations", "Deviation rate", "Confidence", "Upper limit"],
    ...["Tolerable rate", "In words"],
  ];
  const rows = conclusions.map((each) => [
    ...[each.control, each.title, each.population, each.drawId, each.basis, each.support, each.populationSize],
    ...[each.tested, each.applicable, each.pass, each.fail, each.noEvidence, each.notApplicable, each.deviations],
    ...[each.rate, each.limits?.confidence ?? null, each.limits?.upper ?? null, each.tolerableRate, each.sentence],
  ]);
  return { name: "conclusions", columns, rows };
}

/** Items against controls: the worst outcome of a control's assertions. */
function matrixTable(population: PopulationKind, tests: Iterable<ControlTest>): WorkpaperTable {
  const controls = new Set<string>();
  const byItem = new Map<string, { readonly reference: string; readonly id: string; outcomes: Map<string, string> }>();
  for (const { sample, reference, item, control, results } of tests) {
    if (sample.population !== population) continue;
    controls.add(control.id);
    const key = JSON.stringify([sample.id, item.id]);
    const ofItem = byItem.get(key) ?? { reference, id: item.id, outcomes: new Map<string, string>() };
    byItem.set(key, ofItem);
    ofItem.outcomes.set(control.id, worstOfResults(results));
  }
  const rows = Array.from(byItem.values(), ({ reference, id, outcomes }) => {
    return [reference, id, ...Array.from(controls, (control) => outcomes.get(control) ?? null)];
  });
  return { name: `matrix-${nounsOf(population).replaceAll(" ", "-")}`, columns: ["Ref", "Item", ...controls], rows };
}

function itemTable(tests: Iterable<ControlTest>): WorkpaperTable {
  const rows = new Map<string, Cell[]>();
  for (const { reference, sample, item } of tests) {
    const key = JSON.stringify([sample.id, item.id]);
    if (rows.has(key)) continue;
    rows.set(key, [
      ...[reference, sample.population, sample.id, item.id, item.title ?? null, item.repository ?? null],
      ...[item.at ?? null, item.commit ?? null, item.evidence.length],
    ]);
  }
  const columns = ["Ref", "Population", "Sample", "Item", "Title", "Repository", "At", "Commit", "Evidence places"];
  return { name: "items", columns, rows: [...rows.values()] };
}

const deviations: readonly string[] = ["fail", "no-evidence"];

function resultTable(tests: Iterable<ControlTest>): WorkpaperTable {
  const columns = ["Ref", "Item", "Control", "Assertion", "Outcome", "Reason", "Evidence (SHA-256)"];
  const rows = {
    *[Symbol.iterator]() {
      for (const test of tests) yield* rowsOf(test);
    },
  };
  return { name: "results", columns, rows, isUrgent: (row) => deviations.includes(String(row[4])) };
}

/** Failures and missing evidence, for whoever writes them up. */
function deviationTable(tests: Iterable<ControlTest>): WorkpaperTable {
  const columns = ["Ref", "Item", "Control", "Assertion", "Outcome", "Reason", "Evidence (SHA-256)"];
  const rows = {
    *[Symbol.iterator]() {
      for (const test of tests) yield* rowsOf(test, deviations);
    },
  };
  return { name: "deviations", columns, rows };
}

function rowsOf({ reference, item, control, results }: ControlTest, only?: readonly string[]): Cell[][] {
  return results
    .filter(({ outcome }) => only === undefined || only.includes(outcome))
    .map(({ assertion, outcome, reason, evidence }) => [
      ...[reference, item.id, control.id, assertion, outcome, reason],
      [...new Set(evidence.map((use) => use.evidence))].join(" "),
    ]);
}

/** What the auditor concluded on results, also what later judgements took the place of. */
function judgementTable({ judgements }: AuditRecord): WorkpaperTable {
  const columns = [
    "Ref",
    "Item",
    "Control",
    "Assertion",
    "As tested",
    "As judged",
    "Reason",
    "Done",
    "Seen",
    "By",
    "At",
  ];
  const rows = judgements.map((judgement) => {
    const { item, control, assertion, tested, outcome, reason, procedure, by, at } = judgement;
    return [
      ...[judgementRef(judgement), item, control, assertion, tested, outcome ?? "taken back", reason],
      ...[procedure?.done ?? null, procedure?.seen ?? null, by, at],
    ];
  });
  return { name: "judgements", columns, rows };
}

function exceptionTable({ exceptions }: AuditRecord): WorkpaperTable {
  const columns = [
    ...["Ref", "Control", "Title", "State", "Severity", "Criterion", "Condition", "Cause", "Effect", "Items"],
    ...["Response", "Owner", "Due", "Retests", "Closed because", "By", "At"],
  ];
  const rows = exceptions.map((exception) => {
    const { control, title, severity, criterion, condition, cause, effect, items, response, retests } = exception;
    const tested = retests.map(({ date, outcome, note }) => `${date}: ${outcome}. ${note}`);
    return [
      ...[exceptionRef(exception), control, title, stateOfException(exception), severity, criterion, condition, cause],
      ...[effect, items.map(({ item }) => item).join("\n"), response?.response ?? null, response?.owner ?? null],
      ...[response?.due ?? null, tested.join("\n"), exception.closure?.why ?? null, exception.by, exception.at],
    ];
  });
  return { name: "exceptions", columns, rows };
}

/** Every draw, also those that were not tested. */
function drawTable({ draws }: AuditRecord): WorkpaperTable {
  const columns = [
    ...["Draw", "Population", "Purpose", "Method", "Statistical", "Seed", "Population size", "Population digest"],
    ...["Size", "Drawn at", "By", "Rationale", "Items"],
  ];
  const rows = draws.map((draw) => [
    ...[draw.id, draw.population, draw.purpose.kind, draw.method, draw.statistical ? "yes" : "no", draw.seed],
    ...[draw.populationSize, draw.populationDigest, draw.size, draw.at, draw.by, draw.rationale, draw.items.join("\n")],
  ]);
  return { name: "draw-log", columns, rows };
}

function populationTable({ freezes }: AuditRecord): WorkpaperTable {
  const columns = ["Population", "Frozen at", "By", "Size", "Digest (SHA-256)", "Ids of the newest freeze"];
  const rows = freezes.map(({ id, population, at, by, size, digest }) => {
    const newest = freezes.findLast((each) => each.population === population);
    return [population, at, by, size, digest, newest?.id === id ? idsPath(population) : null];
  });
  return { name: "populations", columns, rows };
}

/** Every item of the newest freezes, with its reference where it was sampled. */
function populationItemTable({ ids, samples }: AuditRecord): WorkpaperTable {
  const columns = ["Population", "Item", "Sampled in"];
  const listed = PopulationKind.options.filter((kind) => (ids[kind]?.length ?? 0) <= mostListedItems);
  const rows = listed.flatMap((population) => {
    const own = samples.filter((sample) => sample.population === population);
    const sampled = new Map<string, string[]>();
    for (const { drawn, reference } of own)
      for (const [index, id] of drawn.entries())
        sampled.set(id, [...(sampled.get(id) ?? []), `${reference}.${index + 1}`]);
    return Array.from(ids[population] ?? [], (id) => [population, id, sampled.get(id)?.join(" ") ?? null]);
  });
  return { name: "population-items", columns, rows };
}

function worstOfResults(results: ControlTest["results"]): string {
  return worstOutcome(results.map(({ outcome }) => outcome));
}
