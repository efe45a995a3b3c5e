import type { CatalogComparison, ItemComparison, OutcomeTally } from "../../../shared/model/catalog-comparison.ts";
import { nounsOf } from "../../../shared/model/population-words.ts";

/** What an edited catalog would change, for reading. */
export function describeComparison(comparison: CatalogComparison): string[] {
  const { scope, items, controls, totalChanges } = comparison;
  const tried = items.map(({ population, count }) => `${count} ${nounsOf(population)}`).join(", ");
  const different = controls.filter(({ difference }) => difference !== "same");
  if (different.length === 0) return ["The catalogs say the same: nothing would change."];
  return [
    `Tried on ${scope === "sample" ? "the sampled items" : "the frozen population"}: ${tried || "no item of the kinds that differ"}. Nothing was kept.`,
    `Controls: ${different.map(({ control, difference }) => `${control} ${difference}`).join(", ")}`,
    ...describeParameters(comparison),
    "",
    ...describeAssertions(comparison),
    "",
    totalChanges === 0 ? "No item comes out otherwise." : `Results that come out otherwise: ${totalChanges}`,
    ...comparison.changes.flatMap(describeItem),
    ...(comparison.changes.length < totalChanges
      ? [`… and ${totalChanges - comparison.changes.length} more: --json lists all of them.`]
      : []),
  ];
}

function describeParameters({ parameters }: CatalogComparison): string[] {
  return parameters.map(
    ({ control, parameter, before, after }) =>
      `  ${control} ${parameter}: ${before === null ? "(none)" : JSON.stringify(before)} → ${after === null ? "(none)" : JSON.stringify(after)}`,
  );
}

function describeAssertions({ assertions }: CatalogComparison): string[] {
  const name = (row: { readonly control: string; readonly assertion: string }) => `${row.control} ${row.assertion}`;
  const width = Math.max(20, ...assertions.map((row) => name(row).length));
  return [
    `${"assertion".padEnd(width)} ${"pass".padStart(15)} ${"fail".padStart(15)} ${"no evidence".padStart(15)} ${"n/a".padStart(15)} ${"items".padStart(7)}`,
    ...assertions.map((row) => {
      const cells = (["pass", "fail", "noEvidence", "notApplicable"] as const).map((field) =>
        `${amount(row.before, field)} → ${amount(row.after, field)}`.padStart(15),
      );
      return `${name(row).padEnd(width)} ${cells.join(" ")} ${String(row.changed).padStart(7)}`;
    }),
  ];
}

function amount(tally: OutcomeTally | null, field: keyof OutcomeTally): string {
  return tally === null ? "-" : String(tally[field]);
}

function describeItem({ item, control, assertion, before, after }: ItemComparison): string[] {
  return [
    `  ${item}  ${control} ${assertion}: ${before?.outcome ?? "not tested"} → ${after?.outcome ?? "not tested"}`,
    ...(before ? [`    before: ${before.reason}`] : []),
    ...(after ? [`    after:  ${after.reason}`] : []),
  ];
}
