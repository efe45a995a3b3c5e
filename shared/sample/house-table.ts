import { TickmarkError } from "../errors.ts";
import type { ControlFrequency, ControlRisk, HousePlan, HouseSize, HouseTable } from "../model/house-table.ts";
import { multiplyUp, parseDecimal } from "./decimal.ts";
import { formatCount, nameItems } from "./wording.ts";

/** What is looked up in a house table. */
export interface HouseRequest {
  readonly frequency: ControlFrequency;
  readonly risk: ControlRisk;
  /** Needed where the table gives a share of the population. */
  readonly populationSize: number | null;
  /** What is sampled, in the plural. */
  readonly itemName: string;
}

/**
 * The size that a house table gives for a control. A population that is not larger is tested as a whole.
 * @throws request-invalid when the table has no such row, or needs the size of the population
 */
export function lookUpSize(table: HouseTable, request: HouseRequest): HousePlan {
  const { frequency, risk, populationSize } = request;
  const row = table.rows.find((entry) => entry.frequency === frequency);
  if (!row) {
    const all = table.rows.map((entry) => entry.frequency).join(", ");
    throw new TickmarkError(
      "request-invalid",
      `The table "${table.title}" has no sizes for ${frequency} controls.`,
      `It has: ${all}.`,
    );
  }
  if (populationSize !== null && populationSize < 1) {
    throw new TickmarkError(
      "request-invalid",
      "A population of no items was given.",
      "Give the size of the population.",
    );
  }
  const wanted = sizeBy(row.sizes[risk], populationSize);
  const size = Math.min(wanted, populationSize ?? wanted);
  const { id, version, title } = table;
  return {
    statistical: false,
    table: { id, version, title },
    ...{ frequency, risk, populationSize, size },
    sources: row.sources,
    sentence: describe(table, request, size),
  };
}

function sizeBy(rule: HouseSize, populationSize: number | null): number {
  if (typeof rule === "number") return rule;
  if (populationSize === null) {
    throw new TickmarkError(
      "request-invalid",
      "The table gives a share of the population for such controls, and the size of the population is not given.",
      "Give the size of the population.",
    );
  }
  return Math.min(Math.max(multiplyUp(parseDecimal(rule.share), populationSize), rule.atLeast), rule.atMost);
}

const frequencyNames: Readonly<Record<ControlFrequency, string>> = {
  "annual": "an annual",
  "quarterly": "a quarterly",
  "monthly": "a monthly",
  "semi-monthly": "a semi-monthly",
  "weekly": "a weekly",
  "daily": "a daily",
  "many-times-a-day": "a many-times-a-day",
  "event-driven": "an event-driven",
};

function describe(
  table: HouseTable,
  { frequency, risk, populationSize, itemName }: HouseRequest,
  size: number,
): string {
  const items =
    populationSize === null
      ? nameItems(size, itemName)
      : size === populationSize
        ? `All ${nameItems(size, itemName)}`
        : `${formatCount(size)} of ${nameItems(populationSize, itemName)}`;
  return (
    `${items} for ${frequencyNames[frequency]} control of ${risk} risk, by the table "${table.title}" (version ` +
    `${table.version}): a house table, not a statistical plan, so that no confidence and no limit can be stated.`
  );
}
