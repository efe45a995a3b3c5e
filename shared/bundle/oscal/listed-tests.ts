import type { ControlTest } from "../audit-record.ts";
import { propertyOf } from "./oscal-document.ts";

/** The tests that OSCAL has an observation of. */
export interface ListedTests {
  readonly listed: readonly ControlTest[];
  readonly left: number;
  /** Of those that are left out. */
  readonly deviationsLeft: number;
}

/**
 * All tests where they are few. Of more, those that deviate; and where these are too many as well, as many of each control on each
 * sample, in their order: so that no control's deviations push out those of another.
 */
export function chooseListed(tests: readonly ControlTest[], most: number): ListedTests {
  if (tests.length <= most) return { listed: tests, left: 0, deviationsLeft: 0 };
  const deviating = tests.filter(deviates);
  const listed = shareOut(deviating, most);
  return { listed, left: tests.length - listed.length, deviationsLeft: deviating.length - listed.length };
}

function shareOut(tests: readonly ControlTest[], most: number): readonly ControlTest[] {
  if (tests.length <= most) return tests;
  const groups = new Map<string, number>();
  const groupOf = ({ sample, control }: ControlTest) => JSON.stringify([sample.id, control.id]);
  for (const test of tests) groups.set(groupOf(test), 0);
  const share = Math.max(1, Math.floor(most / groups.size));
  return tests.filter((test) => {
    const before = groups.get(groupOf(test)) ?? 0;
    groups.set(groupOf(test), before + 1);
    return before < share;
  });
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
