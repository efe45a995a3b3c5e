import type { ControlTest } from "../audit-record.ts";
import { propertyOf } from "./oscal-document.ts";

/** The tests that OSCAL has an observation of. */
export interface ListedTests {
  readonly listed: readonly ControlTest[];
  readonly left: number;
  /** Of those that are left out. */
  readonly deviationsLeft: number;
  /** Of all tests, listed or not: how many deviate, by sample and control (`groupOf`). */
  readonly deviations: ReadonlyMap<string, number>;
}

/**
 * All tests where they are few. Of more, those that deviate; and where these are too many as well, as many of each control on each
 * sample, in their order: so that no control's deviations push out those of another.
 */
export function chooseListed(tests: Iterable<ControlTest>, most: number): ListedTests {
  let [count, deviating] = [0, 0];
  const deviations = new Map<string, number>();
  for (const test of tests) {
    count += 1;
    if (!deviates(test)) continue;
    deviating += 1;
    const group = groupOf(test.sample.id, test.control.id);
    deviations.set(group, (deviations.get(group) ?? 0) + 1);
  }
  if (count <= most) return { listed: [...tests], left: 0, deviationsLeft: 0, deviations };
  const share = deviating <= most ? most : Math.max(1, Math.floor(most / deviations.size));
  const listed = chooseDeviating(tests, share);
  return { listed, left: count - listed.length, deviationsLeft: deviating - listed.length, deviations };
}

export function groupOf(sample: string, control: string): string {
  return JSON.stringify([sample, control]);
}

/** @param share of each control on each sample */
function chooseDeviating(tests: Iterable<ControlTest>, share: number): ControlTest[] {
  const chosen: ControlTest[] = [];
  const counts = new Map<string, number>();
  for (const test of tests) {
    if (!deviates(test)) continue;
    const group = groupOf(test.sample.id, test.control.id);
    const before = counts.get(group) ?? 0;
    counts.set(group, before + 1);
    if (before < share) chosen.push(test);
  }
  return chosen;
}

export function deviates({ results }: ControlTest): boolean {
  return results.some(({ outcome }) => outcome === "fail" || outcome === "no-evidence");
}

/** What a document says that does not list everything; nothing where it does. */
export function sayLeft({ listed, left, deviationsLeft }: ListedTests) {
  if (left === 0) return {};
  const [all, shown, more] = [listed.length + left, listed.length, deviationsLeft].map((count) =>
    count.toLocaleString("en"),
  );
  const others = deviationsLeft === 0 ? "every deviation" : `deviations; ${more} more deviations are not listed`;
  return {
    props: [
      propertyOf("observations-listed", listed.length),
      propertyOf("observations-left-out", left),
      propertyOf("deviations-left-out", deviationsLeft),
    ],
    remarks: `Of ${all} observations this document lists ${shown}: ${others}. The findings count all of them; every result is in results.jsonl of the bundle.`,
  };
}
