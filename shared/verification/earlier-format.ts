import { formatVersion, type Manifest } from "../bundle/manifest.ts";
import { type Check, type CheckId, notPossible } from "../model/verification-report.ts";

type Stated = Pick<Manifest, "formatVersion" | "tool">;

/** Items, results and conclusions have had the fields of now since this format. */
const oldestRead = 4;

/** Whether a bundle's items, results and conclusions have other fields than now, so that nothing can be made of them. */
export function hasOtherFields({ formatVersion: stated }: Pick<Manifest, "formatVersion">): boolean {
  return stated < oldestRead;
}

/** What readers and rules derive, which change from version to version. All other checks hold for ever. */
const derived: readonly CheckId[] = [
  ...(["people", "facts", "reconciliation", "completeness", "results", "judgements", "conclusions"] as const),
  ...(["sign-offs", "documents"] as const),
];

/** Of a bundle whose statements nobody reads. */
export const unread: readonly Check[] = [...derived, "attestations" as const].map((id) =>
  notPossible(
    id,
    "The bundle says that it is of an earlier format, which anyone can write into it: verify this with the version of Tickmark that made it.",
  ),
);

/**
 * What comes out otherwise of a bundle of an earlier format was read or judged otherwise by the version that wrote it, or was altered.
 * Only that version can tell which, so that it is neither failed nor ever passed: anyone can write an earlier format into a bundle.
 */
export function answerForEarlier(check: Check, { formatVersion: stated, tool }: Stated): Check {
  if (stated >= formatVersion || check.outcome !== "failed" || !derived.includes(check.id)) return check;
  const wrote = `The bundle says that it is of format ${stated} and that ${tool.name} ${tool.version} wrote it`;
  const detail = `It comes out otherwise now: ${check.detail} ${wrote}: that version read evidence or judged otherwise than this one, or the bundle was altered. Verify it with that version too: what comes out otherwise there as well was altered.`;
  return { ...check, outcome: "not-possible", detail };
}
