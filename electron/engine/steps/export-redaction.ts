import type { ShownPerson } from "../../../shared/bundle/redaction/person-finder.ts";
import type { RedactedEvidence, RedactionLog, Replaced } from "../../../shared/bundle/redaction/redaction-log.ts";
import { createRedactor, type Redactor } from "../../../shared/bundle/redaction/redactor.ts";
import { PersonRef } from "../../../shared/model/person.ts";
import { PopulationKind } from "../../../shared/model/population-kind.ts";
import type { RedactionRules } from "../../../shared/model/redaction-rules.ts";
import { type CarriedContent, rewordRecords } from "./carried-records.ts";
import { type DerivedRecord, meetPersonsIn, type RecordReading, redactRecord } from "./evidence-redaction.ts";
import type { ExportContent } from "./export-content.ts";
import { requireReadable, wordsOfStatements } from "./statement-words.ts";

/** Content as a bundle may tell it, and what had to be replaced for that. */
export interface ExportRedaction {
  readonly content: ExportContent;
  /** The same for what is made of the content and the engagement. */
  readonly redact: <Value>(value: Value) => Value;
  /** Hash of the record as received → what the bundle has in its place. */
  readonly records: ReadonlyMap<string, DerivedRecord>;
  /** Null when everything is in the bundle as it is. */
  readonly log: RedactionLog | null;
}

export interface RedactionRequest {
  /** Of an edition for outsiders; null for the complete one, from which only secrets are left out. */
  readonly rules: RedactionRules | null;
  readonly store: RecordReading;
  /** Called after each record, and may throw to stop. Whoever waits for an answer of the engine must not wait for gigabytes. */
  readonly onRecord: (done: number, total: number) => Promise<void>;
}

/**
 * Finds what must not be told, in the statements and then in every record of the evidence. Nothing is dropped in silence: each find is in
 * the log, with the hash of the record as it was received.
 */
export async function redactExport(content: ExportContent, request: RedactionRequest): Promise<ExportRedaction> {
  const { rules } = request;
  const redactor =
    rules === null
      ? createRedactor(null, content.people)
      : createRedactor(rules, content.people, shownPersons(content.items), wordsOfStatements(content));
  // Who is met by an address in one record is named without it in others: nothing is replaced before everybody is known.
  if (rules?.persons === "pseudonyms") await meetPersons(content, request, redactor);
  const statements: { of: string; replaced: Replaced[] }[] = [];
  const note = (of: string, replaced: readonly Replaced[]) => {
    if (replaced.length > 0) statements.push({ of, replaced: [...replaced] });
  };
  const long = longLists(content, redactor);
  const entries = Object.entries(content).map(([of, value]) => {
    if (isOwnText(of)) return [of, value] as const;
    const list = long.get(value);
    if (list !== undefined) {
      const replaced = list.find();
      note(of, replaced);
      return [of, replaced.length === 0 ? value : list.reword()] as const;
    }
    const redacted = redactor.redactValue(value);
    note(of, redacted.replaced);
    return [of, redacted.value] as const;
  });
  // Text became text: every member has the type that it had.
  const redacted = Object.fromEntries(entries) as unknown as ExportContent;
  if (rules !== null) requireReadable(redacted);
  const records = new Map<string, DerivedRecord>();
  // By hash, so that secrets are numbered in the same order each time.
  await eachRecord(content, request, async (record) => {
    const derived = await redactRecord(record, request.store, redactor, rules);
    if (derived !== null) records.set(record.sha256, derived);
  });
  const evidence = [...records.values()].map(({ entry }): RedactedEvidence => entry);
  const nothing = rules === null && evidence.length === 0 && statements.length === 0;
  const edition = rules === null ? "complete" : "redacted";
  return {
    content: redacted,
    redact: (value) => redactor.redactValue(value).value,
    records,
    log: nothing ? null : { edition, lookedFor: [...redactor.lookedFor], evidence, statements },
  };
}

/** In the order in which they are redacted, so that everybody has the number that they are met under first. */
async function meetPersons(content: ExportContent, request: RedactionRequest, redactor: Redactor): Promise<void> {
  const long = longLists(content, redactor);
  for (const [of, value] of Object.entries(content)) {
    const list = long.get(value);
    if (list !== undefined) list.find();
    else if (!isOwnText(of)) redactor.redactValue(value);
  }
  await eachRecord(content, request, async (record) => meetPersonsIn(record, request.store, redactor));
}

async function eachRecord(
  { evidence: { distinct } }: ExportContent,
  { onRecord }: RedactionRequest,
  act: (record: CarriedContent) => Promise<void>,
): Promise<void> {
  let done = 0;
  for (const record of distinct) {
    await act(record);
    done += 1;
    await onRecord(done, distinct.length);
  }
}

interface LongStatement {
  find(): readonly Replaced[];
  reword(): unknown;
}

/** Statements that are too long to be held, and how each is gone through. */
function longLists(content: ExportContent, redactor: Redactor): ReadonlyMap<unknown, LongStatement> {
  const { results, evidence, ids } = content;
  const redact = <T>(value: T) => redactor.redactValue(value).value;
  return new Map<unknown, LongStatement>([
    [results, { find: () => redactor.findInEach(results), reword: () => results.reword(redact, redact) }],
    [evidence, { find: () => redactor.findInEach(evidence), reword: () => rewordRecords(evidence, redact) }],
    [ids, { find: () => redactor.findAt(placedIds(ids)), reword: () => redact(holdIds(ids)) }],
  ]);
}

function* placedIds(ids: ExportContent["ids"]): Generator<readonly [place: string, id: string]> {
  for (const kind of PopulationKind.options) {
    let index = 0;
    for (const id of ids[kind]) yield [`/${kind}/${index++}`, id];
  }
}

function holdIds(ids: ExportContent["ids"]): ExportContent["ids"] {
  return Object.fromEntries(PopulationKind.options.map((kind) => [kind, [...ids[kind]]])) as unknown as typeof ids;
}

/** Everybody whom an item names, in the order of the items; bots are no persons. */
function shownPersons(items: unknown): ShownPerson[] {
  if (Array.isArray(items)) return items.flatMap(shownPersons);
  if (typeof items !== "object" || items === null) return [];
  const read = PersonRef.safeParse(items);
  if (read.success) return read.data.bot ? [] : [read.data];
  return Object.values(items).flatMap(shownPersons);
}

/** The auditor's own rules: they are what everything is held against, and must stay as they are. */
function isOwnText(member: string): boolean {
  return member === "catalogText" || member === "catalog";
}
