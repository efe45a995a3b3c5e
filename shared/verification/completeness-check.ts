import type { Digest } from "../model/digest.ts";
import type { IpeRecord } from "../model/pull.ts";
import { type Check, type Difference, failed, notPossible, passed } from "../model/verification-report.ts";
import { stateCompleteness } from "../population/completeness.ts";
import type { BundleStatements } from "./bundle-reading.ts";
import { firstDifference } from "./difference.ts";
import type { Rebuilt } from "./fact-check.ts";

type Stated = Pick<BundleStatements, "completeness" | "ipe" | "evidence"> & {
  readonly engagement: Pick<BundleStatements["engagement"], "engagement" | "sources" | "evidenceScope">;
};
type Readings = Pick<Exclude<Rebuilt, { problem: string }>, "readings">;
type Counted = Readings | { readonly problem: string };

/**
 * The completeness statement is made again from the pull records; and what those say of their evidence, from all of
 * the evidence where the bundle holds it. What a source answered of its own total rests on the pull record's word.
 */
export function checkCompleteness(statements: Stated, rebuilt: Counted, digest: Digest): Check {
  const { completeness: stated, engagement, ipe } = statements;
  if (stated === null) return notPossible("completeness", "The bundle states none.");
  const found = stateCompleteness(engagement.engagement.period, engagement.sources, inOrderOf(stated.sources, ipe));
  const difference = firstDifference(stated, found);
  if (difference.path !== "") {
    return failed("completeness", `The pull records say otherwise at ${difference.path}.`, {
      subject: "completeness.json",
      expected: difference.left,
      found: difference.right,
    });
  }
  const holds = `The statement comes out of ${ipe.length} pull records.`;
  if (engagement.evidenceScope !== "all") {
    return notPossible(
      "completeness",
      `${holds} What they count rests on all evidence, of which the bundle holds a part; an export with all evidence can be counted again.`,
    );
  }
  if ("problem" in rebuilt) return failed("completeness", rebuilt.problem);
  for (const record of ipe) {
    const fault = findCountFault(record, statements, rebuilt, digest);
    if (fault !== null) return failed("completeness", fault.what, { subject: record.sourceId, ...fault.difference });
  }
  return passed("completeness", `${holds} Their records, facts, sequences and times come out of the evidence.`);
}

/** The order of pulls means nothing, so that of the statement is taken. */
export function inOrderOf(sources: readonly { readonly pullId: string }[], ipe: readonly IpeRecord[]): IpeRecord[] {
  const places = new Map(sources.map(({ pullId }, index) => [pullId, index]));
  const placeOf = ({ pullId }: IpeRecord) => places.get(pullId) ?? sources.length;
  return ipe.toSorted((one, other) => placeOf(one) - placeOf(other));
}

interface CountFault {
  readonly what: string;
  readonly difference: Difference;
}

function findCountFault(
  record: IpeRecord,
  { evidence }: Stated,
  { readings }: Readings,
  digest: Digest,
): CountFault | null {
  const own = evidence.filter(({ pullId }) => pullId === record.pullId);
  const found = digest(own.map(({ sha256 }) => `${sha256}\n`).join(""));
  if (own.length !== record.records || found !== record.recordsDigest) {
    return {
      what: `The evidence of the pull of ${record.sourceId} is not what its record names.`,
      difference: {
        expected: `${record.records} records, digest ${record.recordsDigest}`,
        found: `${own.length} records, digest ${found}`,
      },
    };
  }
  // Pulls of before readers were asked at once say nothing that could be counted again.
  if (record.reading === undefined) return null;
  const { path, left, right } = firstDifference(record.reading, readings.get(record.pullId)?.reading());
  if (path === "") return null;
  return {
    what: `The evidence of the pull of ${record.sourceId} gives other counts at ${path}.`,
    difference: { expected: left, found: right },
  };
}
