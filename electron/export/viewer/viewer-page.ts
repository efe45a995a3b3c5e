import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { type DocumentBounds, documentBounds } from "../../../shared/bundle/document-bounds.ts";
import { sortedEntries } from "../../../shared/model/canonical-json.ts";
import type { Evidence } from "../../../shared/model/evidence.ts";
import { stateWords } from "../../../shared/model/framework-report.ts";
import type { Item, ItemsByKind } from "../../../shared/model/item.ts";
import { type ToldField, tellItem } from "../../../shared/model/item-telling.ts";
import {
  closureWords,
  effectWords,
  exceptionStates,
  judgementStandings,
  noteStates,
  sayVoid,
  severityWords,
} from "../../../shared/model/judgement-words.ts";
import { PopulationKind } from "../../../shared/model/population-kind.ts";
import { populationWords } from "../../../shared/model/population-words.ts";
import type { ReportContent } from "../../../shared/model/report.ts";
import type { Result } from "../../../shared/model/result.ts";
import type { ScopeSignOffs, StandingSignOff } from "../../../shared/model/sign-off.ts";
import { findPageFile } from "./page-files.ts";

/*
 * Modules of the page in the order of their needs. A page that is opened from disk may not load any file beside it, so
 * that all of them become one script inside of it.
 */
const modules = [
  "visible-text.js",
  "elements.js",
  "phrases.js",
  "outcomes.js",
  "evidence-links.js",
  "folder-check.js",
  "judgement-view.js",
  "summary-view.js",
  "matrix-view.js",
  "item-view.js",
  "frameworks-view.js",
  "controls-view.js",
  "reconciliation-figures.js",
  "population-view.js",
  "search-view.js",
  "verify-view.js",
  "main.js",
];

/**
 * `index.html` of the bundle: one page that shows what the bundle says, without network, application or other file. Its
 * policy allows exactly its own script and style, so that nothing in the data can run.
 *
 * @returns the page in pieces
 * @param bounds of a sample that is larger, the page has only items that deviate and says what is in the ZIP alone
 */
export function* viewerPage(content: ReportContent, bounds: DocumentBounds = documentBounds): Generator<string> {
  const script = joinModules();
  const style = readFileSync(findPageFile("page.css"), "utf8");
  const policy = `default-src 'none'; style-src ${sourceOf(style)}; script-src ${sourceOf(script)}; base-uri 'none'; form-action 'none'`;
  yield [
    "<!doctype html>",
    '<html lang="en">',
    "<head>",
    '<meta charset="utf-8">',
    `<meta http-equiv="Content-Security-Policy" content="${policy}">`,
    '<meta name="viewport" content="width=device-width, initial-scale=1">',
    '<meta name="referrer" content="no-referrer">',
    "<title>Tickmark bundle</title>",
    `<style>${style}</style>`,
    "</head>",
    "<body>",
    `<p class="notice">${notice}</p>`,
    "<header></header>",
    "<main><noscript>This page needs JavaScript. Everything in it is also in report.pdf and in the other files.</noscript></main>",
    '<script type="application/json" id="data">',
  ].join("\n");
  yield* encodeData(selectData(content, bounds));
  yield ["</script>", `<script type="module">${script}</script>`, "</body>", "</html>", ""].join("\n");
}

const notice =
  "This page shows what the bundle says. Whether it was altered is told only by the signature check in VERIFY.md.";

/** One script from all modules: what they import is defined before them. */
function joinModules(): string {
  const sources = modules.map((name) => {
    const source = readFileSync(findPageFile(name), "utf8");
    return source.replace(/^import\b[^;]*;\n/gm, "").replace(/^export /gm, "");
  });
  return sources.join("\n");
}

function sourceOf(inline: string): string {
  return `'sha256-${createHash("sha256").update(inline).digest("base64")}'`;
}

/** JSON in which no "<" stands, so that no text of it can end the element around it. Long lists come one by one. */
function* encodeData(data: ViewerData): Generator<string> {
  let before = "{";
  for (const [name, value] of Object.entries(data)) {
    yield `${before}${JSON.stringify(name)}:`;
    if (isList(value)) yield* encodeList(value);
    else yield encode(value);
    before = ",";
  }
  yield "}";
}

function isList(value: unknown): value is Iterable<unknown> {
  return typeof value === "object" && value !== null && Symbol.iterator in value;
}

function* encodeList(values: Iterable<unknown>): Generator<string> {
  let before = "[";
  for (const value of values) {
    yield before + encode(value);
    before = ",";
  }
  yield before === "[" ? "[]" : "]";
}

function encode(value: unknown): string {
  return JSON.stringify(value, inOrder).replace(/</g, "\\u003c");
}

/** By key, so that who makes the page again from the bundle's parts, whose keys are in order, gets the same. */
function inOrder(_key: string, value: unknown): unknown {
  if (typeof value !== "object" || value === null || Array.isArray(value)) return value;
  return Object.fromEntries(sortedEntries(value));
}

/** What the page shows: the report's content, with what its items of kinds without a chain of their own say. */
interface ViewerData extends Omit<ReportContent, "results" | "evidence"> {
  readonly results: Iterable<Result>;
  readonly evidence: Iterable<Evidence>;
  readonly words: typeof populationWords;
  /** Population → item → its fields in words. */
  readonly told: Readonly<Record<string, Readonly<Record<string, readonly ToldField[]>>>>;
  readonly stateWords: typeof stateWords;
  readonly judgementWords: typeof judgementWords;
  /** The engagement's, of which `control` is null, then those of the controls; `void` is empty for one that stands. */
  readonly signedOff: readonly SignedScope[];
  /** Deviations that are not in the page, by control, and all results that are not. */
  readonly leftOut: { readonly results: number; readonly deviations: Readonly<Record<string, number>> };
}

type ShownSignOff = { readonly by: string; readonly at: string; readonly void: string } | null;

interface SignedScope {
  readonly control: string | null;
  readonly preparer: ShownSignOff;
  readonly reviewer: ShownSignOff;
}

const judgementWords = {
  effects: effectWords,
  standings: judgementStandings,
  severities: severityWords,
  closures: closureWords,
  exceptionStates,
  noteStates,
};

function showScope({ scope, preparer, reviewer }: ScopeSignOffs): SignedScope {
  const show = (standing: StandingSignOff | null): ShownSignOff =>
    standing && { by: standing.signOff.by, at: standing.signOff.at, void: sayVoid(standing) };
  const control = scope.kind === "control" ? scope.control : null;
  return { control, preparer: show(preparer), reviewer: show(reviewer) };
}

function selectData(content: ReportContent, bounds: DocumentBounds): ViewerData {
  const kinds = PopulationKind.options;
  const items = selectItems(content, bounds);
  const kept: Item[] = kinds.flatMap((kind): readonly Item[] => items[kind]);
  const shown = new Set(kinds.flatMap((kind) => items[kind].map(({ id }) => keyOf(kind, id))));
  const used = new Set(kept.flatMap(({ evidence }) => evidence.map((use) => use.evidence)));
  const told = kinds
    .filter((kind) => kind !== "change" && kind !== "deployment")
    .map((kind) => [kind, Object.fromEntries(items[kind].map((item) => [item.id, tellItem(item)]))] as const);
  return {
    ...content,
    items,
    words: populationWords,
    told: Object.fromEntries(told),
    stateWords,
    judgementWords,
    signedOff: content.signOffs.map(showScope),
    results: resultsOf(content, items),
    leftOut: countLeftOut(content, shown),
    evidence: Iterator.from(content.evidence).filter(({ sha256 }) => used.has(sha256)),
  };
}

/** One item's at a time: tens of thousands that are stated in full are too much to hold. */
function* resultsOf({ results }: ReportContent, items: ItemsByKind): Generator<Result> {
  for (const kind of PopulationKind.options) for (const { id } of items[kind]) yield* results.of(kind, id);
}

/** All items of a sample that is not too large; of a larger one those that deviate, as far as there is room for their results. */
function selectItems({ items, results }: ReportContent, { pageItems, pageResults }: DocumentBounds): ItemsByKind {
  const kinds = PopulationKind.options.filter((kind) => items[kind].length > 0);
  const count = kinds.reduce((sum, kind) => sum + items[kind].length, 0);
  if (count <= pageItems && results.length <= pageResults) return items;
  const deviating = new Set<string>();
  const sizes = new Map<string, number>();
  for (const result of results.outcomes()) {
    const key = keyOf(result.population, result.item);
    sizes.set(key, (sizes.get(key) ?? 0) + 1);
    if (isDeviation(result)) deviating.add(key);
  }
  const selected = kinds.map((kind) => {
    const own = (items[kind] as readonly Item[]).filter(({ id }) => deviating.has(keyOf(kind, id))).slice(0, pageItems);
    let room = pageResults / kinds.length;
    const fitting = own.filter(({ id }) => {
      room -= sizes.get(keyOf(kind, id)) ?? 0;
      return room >= 0;
    });
    return [kind, fitting] as const;
  });
  const none = Object.fromEntries(PopulationKind.options.map((kind) => [kind, []]));
  return { ...none, ...Object.fromEntries(selected) } as unknown as ItemsByKind;
}

function countLeftOut({ results }: ReportContent, shown: ReadonlySet<string>): ViewerData["leftOut"] {
  let left = 0;
  const deviations: Record<string, number> = {};
  for (const result of results.outcomes()) {
    if (shown.has(keyOf(result.population, result.item))) continue;
    left += 1;
    if (isDeviation(result)) deviations[result.control] = (deviations[result.control] ?? 0) + 1;
  }
  return { results: left, deviations };
}

function keyOf(population: PopulationKind, item: string): string {
  return `${population} ${item}`;
}

function isDeviation({ outcome }: Pick<Result, "outcome">): boolean {
  return outcome === "fail" || outcome === "no-evidence";
}
