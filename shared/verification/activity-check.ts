import { ipePath } from "../bundle/bundle-parts.ts";
import type { Activity } from "../model/activity.ts";
import { verifyActivityChain } from "../model/activity-chain.ts";
import { encodeCanonical } from "../model/canonical-json.ts";
import type { Digest, Sha256 } from "../model/digest.ts";
import { IpeRecord } from "../model/pull.ts";
import { Draw, Freeze } from "../model/sample.ts";
import { type Check, failed, passed } from "../model/verification-report.ts";
import { testedSamples } from "../sample/tested-samples.ts";
import type { BundleStatements } from "./bundle-reading.ts";
import { firstDifference } from "./difference.ts";

/**
 * The log is one unbroken chain up to the head that the manifest names, and it tells the same freezes and draws as the
 * bundle, each draw after its freeze: nobody chose a seed before the population was fixed, or drew twice in silence.
 */
export function checkActivityLog(statements: BundleStatements, head: Sha256, digest: Digest): Check {
  const chain = verifyActivityChain(statements.activities, digest);
  if (!chain.ok) {
    const difference = { subject: `entry ${chain.number}`, expected: chain.expected, found: chain.found };
    return failed("activity-log", `The chain breaks at entry ${chain.number}.`, difference);
  }
  if (chain.head !== head) {
    return failed("activity-log", "The log does not end where the manifest says.", {
      expected: head,
      found: chain.head,
    });
  }
  return (
    checkLoggedPulls(statements) ??
    checkLoggedActs(statements) ??
    checkLoggedCatalog(statements, digest) ??
    passed("activity-log", `${statements.activities.length} entries, head ${head.slice(0, 16)}….`)
  );
}

/** Each IPE record is the one that its pull ended with: nobody widened afterwards what was covered. */
function checkLoggedPulls({ activities, ipe }: BundleStatements): Check | undefined {
  const completed = new Map(
    activities.filter(({ kind }) => kind === "pull-completed").map(({ subject, after }) => [subject, after]),
  );
  for (const record of ipe) {
    const read = IpeRecord.safeParse(completed.get(record.pullId));
    const expected = read.success ? read.data : null;
    if (expected !== null && encodeCanonical(expected) === encodeCanonical(record)) continue;
    const { path, left, right } = firstDifference(expected, record);
    return failed("activity-log", `The log tells the pull ${record.pullId} otherwise at ${path}.`, {
      subject: ipePath(record.pullId),
      expected: left,
      found: right,
    });
  }
  return undefined;
}

/** Act by act in the order of the log: which draw is the newest, and what a seed was used for before, hang on that order. */
function checkLoggedActs({ activities, freezes, draws }: BundleStatements): Check | undefined {
  const logged = (kind: string) => activities.filter((entry) => entry.kind === kind);
  const [frozen, drawn] = [logged("population-frozen"), logged("sample-drawn")];
  return (
    findOtherAct("population-frozen", frozen, freezes, Freeze) ??
    findOtherAct("sample-drawn", drawn, draws, Draw) ??
    findEarlyDraw(frozen, drawn, draws)
  );
}

function findOtherAct(
  kind: string,
  entries: readonly Activity[],
  parts: readonly (Freeze | Draw)[],
  schema: typeof Freeze | typeof Draw,
): Check | undefined {
  const length = Math.max(entries.length, parts.length);
  for (let index = 0; index < length; index += 1) {
    const [entry, part] = [entries[index], parts[index]];
    // Entries from before a field existed are read as the part itself is.
    const read = schema.safeParse(entry?.after);
    const expected = entry === undefined ? "no entry" : encodeCanonical(read.success ? read.data : entry.after);
    const found = part === undefined ? "nothing" : encodeCanonical(part);
    if (expected === found && entry?.subject === part?.id) continue;
    const subject = part?.id ?? entry?.subject ?? kind;
    return failed("activity-log", `The log tells ${kind} ${subject} otherwise.`, { subject, expected, found });
  }
  return undefined;
}

function findEarlyDraw(
  frozen: readonly Activity[],
  drawn: readonly Activity[],
  draws: readonly Draw[],
): Check | undefined {
  const numbers = new Map(frozen.map(({ subject, number }) => [subject, number]));
  const at = draws.findIndex(({ freezeId }, index) => {
    const [freeze, draw] = [numbers.get(freezeId), drawn[index]?.number];
    return freeze === undefined || draw === undefined || freeze > draw;
  });
  const draw = draws[at];
  if (draw === undefined) return undefined;
  return failed("activity-log", "The log tells a draw from a population that had not been frozen before it.", {
    subject: draw.id,
    expected: `freeze ${draw.freezeId} before entry ${drawn[at]?.number}`,
    found: `entry ${numbers.get(draw.freezeId) ?? "of no freeze"}`,
  });
}

/** The catalog and parameters in the bundle are those of the last evaluation: no rule was loosened afterwards. */
function checkLoggedCatalog(statements: BundleStatements, digest: Digest): Check | undefined {
  const entry = statements.activities.findLast(({ kind }) => kind === "evaluated");
  const { parameters, split } = statements.engagement;
  // What was evaluated at once is all that was drawn, of which a part of several states some.
  const all = testedSamples(statements.draws, statements.freezes).flatMap((sample) => sample.draws);
  const draws = (split === undefined ? statements.testedDraws : all).map(({ id }) => id);
  const found = encodeCanonical({ catalog: digest(statements.catalogText), parameters, draws });
  const expected = entry === undefined ? "no evaluation" : encodeCanonical(entry.after);
  if (expected === found) return undefined;
  return failed("activity-log", "The log tells an evaluation with another catalog, other parameters or other draws.", {
    subject: "catalog.yaml",
    expected,
    found,
  });
}
