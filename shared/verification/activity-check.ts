import { verifyActivityChain } from "../model/activity-chain.ts";
import { encodeCanonical } from "../model/canonical-json.ts";
import type { Digest, Sha256 } from "../model/digest.ts";
import { Draw, Freeze } from "../model/sample.ts";
import { type Check, failed, passed } from "../model/verification-report.ts";
import type { BundleStatements } from "./bundle-reading.ts";

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
    checkLoggedActs(statements) ??
    checkLoggedCatalog(statements, digest) ??
    passed("activity-log", `${statements.activities.length} entries, head ${head.slice(0, 16)}….`)
  );
}

function checkLoggedActs(statements: BundleStatements): Check | undefined {
  const { activities, freezes, draws } = statements;
  const logged = (kind: string) => activities.filter((entry) => entry.kind === kind);
  for (const [kind, parts, schema] of [
    ["population-frozen", freezes, Freeze],
    ["sample-drawn", draws, Draw],
  ] as const) {
    const entries = logged(kind).map(({ subject, after }) => ({ subject, after }));
    const inLog = new Map(entries.map(({ subject, after }) => [subject, after]));
    for (const part of parts) {
      const entry = inLog.get(part.id);
      // Entries from before a field existed are read as the part itself is.
      const read = entry === undefined ? undefined : schema.safeParse(entry).data;
      const expected = read === undefined ? "no entry" : encodeCanonical(read);
      const found = encodeCanonical(part);
      if (expected !== found)
        return failed("activity-log", `The log tells ${kind} ${part.id} otherwise.`, {
          subject: part.id,
          expected,
          found,
        });
    }
  }
  const drawn = new Set(draws.map(({ id }) => id));
  const hidden = logged("sample-drawn").find(({ subject }) => !drawn.has(subject));
  if (hidden) {
    const difference = { subject: hidden.subject, expected: "a draw in the draw log", found: "nothing" };
    return failed("activity-log", "The log tells a draw that the draw log leaves out.", difference);
  }
  return undefined;
}

/** The catalog and parameters in the bundle are those of the last evaluation: no rule was loosened afterwards. */
function checkLoggedCatalog(statements: BundleStatements, digest: Digest): Check | undefined {
  const entry = statements.activities.findLast(({ kind }) => kind === "evaluated");
  const draws = statements.testedDraws.map(({ id }) => id);
  const { parameters } = statements.engagement;
  const found = encodeCanonical({ catalog: digest(statements.catalogText), parameters, draws });
  const expected = entry === undefined ? "no evaluation" : encodeCanonical(entry.after);
  if (expected === found) return undefined;
  return failed("activity-log", "The log tells an evaluation with another catalog, other parameters or other draws.", {
    subject: "catalog.yaml",
    expected,
    found,
  });
}
