import { hash } from "node:crypto";
import type { EvidenceFormat, RawRecord } from "../../../shared/model/evidence.ts";
import type { RequestRecord } from "../../../shared/model/pull.ts";
import type { PullContext } from "../source-driver.ts";
import type { GitCursor } from "./cursor.ts";
import { readNotes } from "./notes.ts";
import { readCommits, readFileOf } from "./objects.ts";
import type { WalkPlan } from "./plan-walk.ts";
import { refsCommand } from "./refs.ts";
import { lineCommand } from "./release-line.ts";
import { commandText } from "./run-git.ts";
import { several } from "./wording.ts";

/** Stores what comes before the commits: refs, .mailmap, where a shallow clone is cut, and what lies just before the range. */
export async function beginPull(plan: WalkPlan, context: PullContext): Promise<GitCursor> {
  const receivedAt = context.now();
  const record = (format: EvidenceFormat, locator: string, bytes: Uint8Array): RawRecord => ({
    format,
    locator,
    bytes,
    receivedAt,
  });
  const records = [record("git.refs", "git:refs", plan.refs.bytes)];
  for (const { ref, bytes } of plan.reflogs) records.push(record("git.reflog", `git:reflog:${ref}`, bytes));
  if (plan.cut.commits.size > 0) records.push(record("git.boundary", "git:shallow", linesOf(plan.cut.commits)));
  const mailmap = await readFileOf(plan.cut.repository, plan.branch.tip, ".mailmap");
  if (mailmap.state === "present")
    records.push(record("git.mailmap", `git:${plan.branch.tip}:.mailmap`, mailmap.bytes));
  const owners = await readCodeOwnersOf(plan);
  if (owners !== null) records.push(record("git.code-owners", `git:${plan.branch.tip}:${owners.path}`, owners.bytes));
  for (const { locator, bytes } of await readNotes(plan)) records.push(record("git.note", locator, bytes));
  if (plan.walk) records.push(record("git.range-boundary", "git:range-boundary", linesOf(plan.before)));
  for (const { id, bytes } of await readCommits(plan.cut.repository, basesOf(plan)))
    records.push(record("git.commit", `git:${id}`, bytes));
  const notes = [
    ...plan.others.flatMap(({ branch }) => branch.notes),
    ...plan.branch.notes,
    ...plan.cut.notes,
    ...notesOn(plan),
  ];
  if (mailmap.state === "left-out")
    notes.push(`The clone leaves out the content of .mailmap (${mailmap.id}): names are as committed.`);
  const cursor = cursorOf(plan, notes);
  await context.save({ records, requests: requestsOf(plan, receivedAt), cursor });
  return cursor;
}

/** Where code hosts look for CODEOWNERS, in their order. */
const ownerPaths = [".github/CODEOWNERS", ".gitlab/CODEOWNERS", "CODEOWNERS", "docs/CODEOWNERS"] as const;

async function readCodeOwnersOf({ cut, branch }: WalkPlan): Promise<{ path: string; bytes: Buffer } | null> {
  for (const path of ownerPaths) {
    const file = await readFileOf(cut.repository, branch.tip, path);
    if (file.state === "present") return { path, bytes: file.bytes };
  }
  return null;
}

/** The commits just before the lines, as far as they are not read already as part of another line. */
function basesOf({ stretch, others, before }: WalkPlan): string[] {
  const bases = [...others.map((line) => line.stretch.base), stretch?.base ?? null].filter((base) => base !== null);
  return [...new Set(bases)].filter((base) => others.length === 0 || before.includes(base));
}

function linesOf(ids: Iterable<string>): Buffer {
  return Buffer.from([...ids].map((id) => `${id}\n`).join(""));
}

function notesOn(plan: WalkPlan): string[] {
  const leftOut = plan.leftOut.map(({ ref }) => `No commit of ${ref} is dated near the period: it was left out.`);
  if (!plan.stretch) return [`No commit of ${plan.branch.ref} is dated near the period.`, ...leftOut];
  if (plan.later === 0) return leftOut;
  const refs = [...plan.others.map(({ branch }) => branch.ref), plan.branch.ref].join(", ");
  return [
    ...leftOut,
    `To follow ${refs} from ${plan.others.length > 0 ? "their tips" : "its tip"}, ${several(plan.later, "later commit")} on ${plan.others.length > 0 ? "them" : "it"} were read, without what they brought.`,
  ];
}

function cursorOf(plan: WalkPlan, notes: string[]): GitCursor {
  return {
    version: 1,
    ref: plan.branch.ref,
    tip: plan.branch.tip,
    others: plan.others.map(({ branch: { ref, tip }, stretch: { newest, base } }) => ({ ref, tip, newest, base })),
    newest: plan.stretch?.newest ?? null,
    base: plan.stretch?.base ?? null,
    tips: plan.tips.length,
    onBranch: plan.others.reduce((sum, { stretch }) => sum + stretch.length, plan.stretch?.length ?? 0),
    later: plan.later,
    refs: plan.refs.refs.length,
    tags: plan.refs.refs.filter(({ name }) => name.startsWith("refs/tags/")).length,
    counted: plan.counted,
    walk: plan.walk && { commits: plan.walk.commits, sha256: plan.walk.sha256 },
    notes,
    done: 0,
    merges: 0,
    commitBytes: 0,
    pathBytes: 0,
    finished: false,
    compared: 0,
    comparedBytes: 0,
    comparedAll: false,
  };
}

function requestsOf(plan: WalkPlan, at: string): RequestRecord[] {
  const question = (args: readonly string[], bytes: number, rows: number): RequestRecord => ({
    asked: commandText(args),
    status: 0,
    at,
    bytes,
    rows,
    attempts: 1,
  });
  const refs = {
    ...question(refsCommand, plan.refs.bytes.length, plan.refs.refs.length),
    sha256: hash("sha256", plan.refs.bytes),
  };
  const lines = [...plan.others, plan].map(({ branch, stretch }) =>
    question(lineCommand(branch.tip), 0, stretch?.length ?? 0),
  );
  if (!plan.walk) return [refs, ...lines];
  return [
    refs,
    ...lines,
    { ...question(["rev-list", "--boundary"], 0, plan.walk.commits), asked: rangeText(cursorOf(plan, [])) },
  ];
}

/** The question for the commits, as it can be asked again. */
export function rangeText(cursor: GitCursor): string {
  return cursor.others.length > 0 ? rangesText(cursor) : lineText(cursor);
}

/** Several lines are asked for one by one, and each commit is read once. */
function rangesText({ others, tip, newest, base, tips, later }: GitCursor): string {
  const lines = [...others, { tip, newest, base }];
  const without = (bases: readonly (string | null)[]) => bases.map((id) => (id === null ? "" : ` ^${id}`)).join("");
  const bases = without(lines.map((line) => line.base));
  return [
    ...lines.map((line) => `git rev-list --boundary ${line.newest}${without([line.base])}`),
    ...(tips > 0 ? [`git rev-list --boundary (tips of ${tips} other refs dated near the period)${bases}`] : []),
    ...(later > 0 ? lines.map((line) => `git rev-list --first-parent ${line.tip} ^${line.newest}`) : []),
  ].join("; ");
}

function lineText({ tip, newest, base, tips, later }: GitCursor): string {
  const others = tips > 0 ? ` (tips of ${tips} other refs dated near the period)` : "";
  const line = later > 0 ? `; git rev-list --first-parent ${tip} ^${newest}` : "";
  return `git rev-list --boundary ${newest}${others}${base ? ` ^${base}` : ""}${line}`;
}
