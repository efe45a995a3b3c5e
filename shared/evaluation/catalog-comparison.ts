import { encodeCanonical } from "../model/canonical-json.ts";
import type {
  AssertionComparison,
  CatalogComparison,
  ItemComparison,
  OutcomeTally,
  ParameterComparison,
} from "../model/catalog-comparison.ts";
import type { Item } from "../model/item.ts";
import { PopulationKind } from "../model/population-kind.ts";
import type { Outcome } from "../model/result.ts";
import type { Verdict } from "../model/tested-control.ts";
import type { CompiledCatalog, CompiledControl } from "./catalog-compilation.ts";
import { judgeItem } from "./evaluation.ts";

type Difference = AssertionComparison["difference"];

/** What results rest on besides the items: the same text, the same results. */
export function definitionOf({ control, parameters }: CompiledControl): string {
  return encodeCanonical({ control, parameters });
}

/** One control on one population, in both catalogs. */
interface ControlPair {
  readonly population: PopulationKind;
  readonly before: CompiledControl | undefined;
  readonly after: CompiledControl | undefined;
}

/**
 * Compares two catalogs on items, one item after the other: nothing is kept of an item but what comes out otherwise. Only
 * controls that differ are evaluated, with the one and with the other catalog.
 */
export class CatalogTrial {
  readonly #before: CompiledCatalog;
  readonly #after: CompiledCatalog;
  readonly #mostListed: number;
  readonly #pairs: readonly ControlPair[];
  readonly #rows = new Map<string, { -readonly [K in keyof AssertionComparison]: AssertionComparison[K] }>();
  readonly #counts = new Map<PopulationKind, number>();
  readonly #changes: ItemComparison[] = [];
  #totalChanges = 0;

  /** @param mostListed how many of the results that come out otherwise are listed */
  constructor(before: CompiledCatalog, after: CompiledCatalog, mostListed: number) {
    this.#before = before;
    this.#after = after;
    this.#mostListed = mostListed;
    this.#pairs = pairControls(before, after).filter((pair) => differenceOf(pair) !== "same");
    for (const pair of this.#pairs) for (const row of rowsOf(pair)) this.#rows.set(keyOf(row), row);
  }

  /** Populations on which anything differs: others need not be gone through. */
  get populations(): readonly PopulationKind[] {
    return PopulationKind.options.filter((kind) => this.#pairs.some(({ population }) => population === kind));
  }

  add(population: PopulationKind, item: Item): void {
    this.#counts.set(population, (this.#counts.get(population) ?? 0) + 1);
    const pairs = this.#pairs.filter((pair) => pair.population === population);
    const before = judgeAll(
      pairs.flatMap((pair) => pair.before ?? []),
      population,
      item,
    );
    const after = judgeAll(
      pairs.flatMap((pair) => pair.after ?? []),
      population,
      item,
    );
    for (const key of new Set([...before.keys(), ...after.keys()]))
      this.#compare(key, population, item.id, before.get(key) ?? null, after.get(key) ?? null);
  }

  state(): Omit<CatalogComparison, "before" | "after" | "scope"> {
    return {
      items: [...this.#counts].map(([population, count]) => ({ population, count })),
      controls: listControls(this.#before, this.#after),
      parameters: this.#pairs.flatMap(compareParameters).filter(isFirstOfControl()),
      assertions: [...this.#rows.values()],
      changes: this.#changes,
      totalChanges: this.#totalChanges,
    };
  }

  #compare(key: string, population: PopulationKind, item: string, before: Verdict | null, after: Verdict | null): void {
    const row = this.#rows.get(key);
    if (!row) return;
    if (before) row.before = count(row.before, before.outcome);
    if (after) row.after = count(row.after, after.outcome);
    if (before?.outcome === after?.outcome) return;
    row.changed += 1;
    this.#totalChanges += 1;
    if (this.#changes.length < this.#mostListed) {
      const { control, assertion } = row;
      this.#changes.push({ population, item, control, assertion, before, after });
    }
  }
}

function pairControls(before: CompiledCatalog, after: CompiledCatalog): ControlPair[] {
  const isSame = (one: CompiledControl) => (other: CompiledControl) =>
    other.control.id === one.control.id && other.population === one.population;
  return [
    ...after.controls.map((control) => ({
      population: control.population,
      before: before.controls.find(isSame(control)),
      after: control,
    })),
    ...before.controls
      .filter((control) => !after.controls.some(isSame(control)))
      .map((control) => ({ population: control.population, before: control, after: undefined })),
  ];
}

function differenceOf({ before, after }: ControlPair): Difference {
  if (!before) return "added";
  if (!after) return "removed";
  return definitionOf(before) === definitionOf(after) ? "same" : "changed";
}

function listControls(before: CompiledCatalog, after: CompiledCatalog): CatalogComparison["controls"] {
  const byId = Map.groupBy(pairControls(before, after), (pair) => (pair.after ?? pair.before)?.control.id ?? "");
  return [...byId].map(([control, pairs]) => {
    const differences = new Set(pairs.map(differenceOf));
    const [only] = differences;
    const title = pairs.map((pair) => (pair.after ?? pair.before)?.control.title).find((each) => each !== undefined);
    return { control, title: title ?? "", difference: differences.size === 1 && only ? only : "changed" };
  });
}

function rowsOf({ population, before, after }: ControlPair): AssertionComparison[] {
  const assertions = new Set([before, after].flatMap((each) => each?.assertions.map((one) => one.assertion.id) ?? []));
  return [...assertions].map((assertion) => {
    const own = [before, after].map((each) => each?.assertions.find((one) => one.assertion.id === assertion));
    const [was, is] = own;
    const isSame = encodeCanonical(was?.assertion ?? null) === encodeCanonical(is?.assertion ?? null);
    return {
      control: (after ?? before)?.control.id ?? "",
      assertion,
      population,
      difference: !was ? "added" : !is ? "removed" : isSame ? "same" : "changed",
      before: was ? nothing : null,
      after: is ? nothing : null,
      changed: 0,
    };
  });
}

function compareParameters({ before, after }: ControlPair): ParameterComparison[] {
  const names = new Set([before, after].flatMap((each) => Object.keys(each?.parameters ?? {})));
  const control = (after ?? before)?.control.id ?? "";
  return [...names].flatMap((parameter) => {
    const was = before?.parameters[parameter] ?? null;
    const is = after?.parameters[parameter] ?? null;
    return encodeCanonical(was) === encodeCanonical(is) ? [] : [{ control, parameter, before: was, after: is }];
  });
}

/** A control that is tested on two populations has its parameters once. */
function isFirstOfControl(): (row: ParameterComparison) => boolean {
  const seen = new Set<string>();
  return ({ control, parameter }) => {
    const key = `${control} ${parameter}`;
    if (seen.has(key)) return false;
    seen.add(key);
    return true;
  };
}

function judgeAll(controls: readonly CompiledControl[], population: PopulationKind, item: Item): Map<string, Verdict> {
  const verdicts = judgeItem(controls, population, item);
  return new Map(
    controls.flatMap(({ control, assertions }, index) =>
      assertions.flatMap(({ assertion }, place) => {
        const verdict = verdicts[index]?.[place];
        const key = keyOf({ control: control.id, assertion: assertion.id, population });
        return verdict ? [[key, verdict] as const] : [];
      }),
    ),
  );
}

function keyOf({ control, assertion, population }: Pick<AssertionComparison, "control" | "assertion" | "population">) {
  return `${control} ${assertion} ${population}`;
}

const nothing: OutcomeTally = { pass: 0, fail: 0, noEvidence: 0, notApplicable: 0 };

const tallyField: Record<Outcome, keyof OutcomeTally> = {
  "pass": "pass",
  "fail": "fail",
  "no-evidence": "noEvidence",
  "not-applicable": "notApplicable",
};

function count(tally: OutcomeTally | null, outcome: Outcome): OutcomeTally {
  const before = tally ?? nothing;
  return { ...before, [tallyField[outcome]]: before[tallyField[outcome]] + 1 };
}
