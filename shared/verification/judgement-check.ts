import { isControlInPart } from "../bundle/bundle-split.ts";
import { mayHoldReplacement } from "../bundle/redaction/replacement-words.ts";
import { faultOfJudgement, standingJudgements } from "../judgement/judging.ts";
import { isSameName } from "../judgement/person-name.ts";
import type { Activity, ActivityKind } from "../model/activity.ts";
import { type AuditException, exceptionRef } from "../model/audit-exception.ts";
import { encodeCanonical } from "../model/canonical-json.ts";
import type { Digest } from "../model/digest.ts";
import { judgementRef, resultKeyOf } from "../model/judgement.ts";
import { upperFirst } from "../model/letter-case.ts";
import type { Result } from "../model/result.ts";
import { noteRef, type ReviewNote } from "../model/review-note.ts";
import { type SignOff, signOffRef } from "../model/sign-off.ts";
import { type Check, type Difference, failed, passed } from "../model/verification-report.ts";
import type { BundleStatements } from "./bundle-reading.ts";

interface Fault extends Difference {
  readonly what: string;
}

/**
 * What people said is what the log tells that they said, each once and in order; every judgement since the last evaluation is
 * on a result that exists, just as it was, and is one that may be made; what it attaches is in the bundle.
 */
export function checkJudgements(statements: BundleStatements, digest: Digest): Check {
  const { judgements, exceptions, reviewNotes } = statements;
  const fault =
    findUntold(statements) ??
    findBaseless(statements, digest) ??
    findMisread(statements, digest) ??
    findUnattached(statements) ??
    findUnlinked(exceptions, statements) ??
    findWronglyCleared(reviewNotes);
  if (fault) {
    const { what, ...difference } = fault;
    return failed("judgements", what, difference);
  }
  const { judgements: standing, outdated: others } = standingIn(statements, digest);
  const outdated = others.filter(({ control, item }) => isStatedHere(statements, control, item));
  if (judgements.length + exceptions.length + reviewNotes.length === 0) {
    return passed("judgements", "Nobody judged a result, wrote up an exception or raised a review note.");
  }
  const counts = [
    `judgements beside results that are just what was judged: ${standing.length}`,
    ...(outdated.length > 0 ? [`outdated, so that they count no more: ${outdated.length}`] : []),
    ...(others.length > outdated.length ? [`on what other parts state: ${others.length - outdated.length}`] : []),
    `exceptions: ${exceptions.length}, review notes: ${reviewNotes.length}, all as the log tells them`,
  ];
  const told = counts.join("; ");
  return passed("judgements", `${upperFirst(told)}.`);
}

/**
 * The judgements that count in this bundle. Where results were redacted, one in which words were replaced is not what it was, and is taken
 * for what was judged; every other one is what it was, so that a judgement on another result than it is outdated.
 */
export function standingIn({ judgements, results, redactions }: BundleStatements, digest: Digest) {
  const isAsTheyWere = redactions === null || !redactions.statements.some(({ of }) => of === "results");
  if (isAsTheyWere) return standingJudgements(judgements, results, digest);
  const asJudged = new Map(judgements.map((judgement) => [resultKeyOf(judgement), judgement.result]));
  const known: Result[] = [];
  for (const result of results) if (asJudged.has(resultKeyOf(result))) known.push(result);
  const reworded = known.filter((result) => mayHoldReplacement(encodeCanonical(result)));
  const told = new Map(reworded.map((result) => [encodeCanonical(result), asJudged.get(resultKeyOf(result)) ?? ""]));
  return standingJudgements(judgements, known, (content) => told.get(String(content)) ?? digest(content));
}

/** Records and log entries one by one: none is changed, hidden, invented or in another order. */
function findUntold({
  activities,
  judgements,
  exceptions,
  signOffs,
  reviewNotes,
}: BundleStatements): Fault | undefined {
  return (
    findOther(entriesOf(activities, ["judged"]), judgements, judgementRef) ??
    findOther(entriesOf(activities, ["signed-off", "sign-off-withdrawn"]), signOffs, signOffRef) ??
    findMisnamed(activities, signOffs) ??
    findOther(newest(entriesOf(activities, ["exception-raised", "exception-changed"])), exceptions, exceptionRef) ??
    findOther(newest(entriesOf(activities, ["note-raised", "note-changed"])), reviewNotes, noteRef)
  );
}

/** A withdrawal is told as one, and nothing else is. */
function findMisnamed(activities: readonly Activity[], signOffs: readonly SignOff[]): Fault | undefined {
  const withdrawn = new Set(entriesOf(activities, ["sign-off-withdrawn"]).map(({ subject }) => subject));
  const misnamed = signOffs.find((each) => withdrawn.has(signOffRef(each)) !== (each.withdrawal !== undefined));
  if (misnamed === undefined) return undefined;
  const subject = signOffRef(misnamed);
  return { what: `The log does not tell ${subject} as what it is.`, subject };
}

function entriesOf(activities: readonly Activity[], kinds: readonly ActivityKind[]): Activity[] {
  return activities.filter(({ kind }) => kinds.includes(kind));
}

/** The last entry of each subject, in the order in which the subjects first came. */
function newest(entries: readonly Activity[]): Activity[] {
  return [...new Map(entries.map((entry) => [entry.subject, entry])).values()];
}

function findOther<T extends { readonly number: number }>(
  entries: readonly Activity[],
  records: readonly T[],
  refOf: (record: T) => string,
): Fault | undefined {
  const length = Math.max(entries.length, records.length);
  for (let index = 0; index < length; index += 1) {
    const [entry, record] = [entries[index], records[index]];
    const subject = record === undefined ? (entry?.subject ?? "") : refOf(record);
    const expected = entry === undefined ? "no entry" : encodeCanonical(entry.after);
    const found = record === undefined ? "nothing" : encodeCanonical(record);
    if (expected === found && entry?.subject === subject && record?.number === index + 1) continue;
    return { what: `The log tells ${subject} otherwise.`, subject, expected, found };
  }
  return undefined;
}

/** A judgement may be outdated by an evaluation that came after it, and by nothing else. */
function findBaseless(statements: BundleStatements, digest: Digest): Fault | undefined {
  const { activities } = statements;
  const evaluated = activities.findLast(({ kind }) => kind === "evaluated")?.number ?? 0;
  const numbers = new Map(entriesOf(activities, ["judged"]).map(({ subject, number }) => [subject, number]));
  const outdated = new Set(standingIn(statements, digest).outdated);
  for (const judgement of statements.judgements) {
    const ref = judgementRef(judgement);
    const { tested, outcome, procedure } = judgement;
    const fault = outcome === null ? null : faultOfJudgement({ tested, outcome, procedure });
    if (fault) return { what: `${ref} may not be made: ${fault.what}`, subject: ref };
    if (!outdated.has(judgement) || (numbers.get(ref) ?? 0) < evaluated) continue;
    const { control, assertion, item } = judgement;
    if (!isStatedHere(statements, control, item)) continue;
    return {
      what: `${ref} is on a result that does not exist as it was judged.`,
      subject: ref,
      expected: `${control} ${assertion} on ${item}, result ${judgement.result}`,
      found: "no such result",
    };
  }
  return undefined;
}

/** In one part of several only what the part is of has results; what was judged of the rest is for the other parts. */
export function isStatedHere({ engagement, samples }: BundleStatements, control: string, item: string): boolean {
  if (engagement.split === undefined) return true;
  return isControlInPart(engagement.split, control) && samples.some(({ drawn }) => drawn.includes(item));
}

/** Where a judgement stands, the outcome that it says was tested is the result's. */
function findMisread({ results, ...statements }: BundleStatements, digest: Digest): Fault | undefined {
  const standing = standingIn({ results, ...statements }, digest).judgements;
  const judged = new Map(standing.map((judgement) => [resultKeyOf(judgement), judgement]));
  for (const result of standing.length > 0 ? results : []) {
    const judgement = judged.get(resultKeyOf(result));
    if (judgement === undefined || judgement.tested === result.outcome) continue;
    const ref = judgementRef(judgement);
    const difference = { subject: ref, expected: judgement.tested, found: result.outcome };
    return { what: `${ref} names another outcome than the result that it is on.`, ...difference };
  }
  return undefined;
}

function findUnattached({ judgements, evidence }: BundleStatements): Fault | undefined {
  const held = new Set(evidence.map(({ sha256 }) => sha256));
  for (const judgement of judgements) {
    const missing = judgement.procedure?.documents.find((sha256) => !held.has(sha256));
    if (missing === undefined) continue;
    const ref = judgementRef(judgement);
    return { what: `What ${ref} attaches is not in the bundle.`, subject: ref, expected: missing, found: "nothing" };
  }
  return undefined;
}

/** Exceptions are about sampled items, or about items of a sample that was drawn and is no longer tested. */
function findUnlinked(exceptions: readonly AuditException[], { draws }: BundleStatements): Fault | undefined {
  const drawn = new Set(
    draws.flatMap(({ population, items }) => items.map((item) => JSON.stringify([population, item]))),
  );
  for (const exception of exceptions) {
    const stray = exception.items.find(({ population, item }) => !drawn.has(JSON.stringify([population, item])));
    if (stray === undefined) continue;
    const ref = exceptionRef(exception);
    return {
      what: `${ref} is about an item that was never drawn.`,
      subject: ref,
      expected: stray.item,
      found: "no draw",
    };
  }
  return undefined;
}

function findWronglyCleared(notes: readonly ReviewNote[]): Fault | undefined {
  const note = notes.find(({ by, cleared, answers }) => {
    return cleared !== null && (!isSameName(by, cleared.by) || answers.length === 0);
  });
  if (note === undefined) return undefined;
  const ref = noteRef(note);
  return {
    what: `${ref} was cleared by another than who raised it, or without an answer.`,
    subject: ref,
    expected: note.by,
    found: note.cleared?.by ?? "",
  };
}
