import type { Evidence } from "../../../shared/model/evidence.ts";

/** Each content once, though several answers may have been equal byte for byte, in the order of their hashes. */
export function distinctRecords(evidence: readonly Evidence[]): Evidence[] {
  const sorted = evidence.toSorted(({ sha256: left }, { sha256: right }) => (left < right ? -1 : left > right ? 1 : 0));
  return sorted.filter(({ sha256 }, index) => sha256 !== sorted[index - 1]?.sha256);
}
