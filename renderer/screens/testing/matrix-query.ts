import type { RequestOf } from "../../../shared/ipc/contract.ts";
import { ItemOrder } from "../../../shared/model/item-order.ts";
import type { MatrixRow } from "../../../shared/model/matrix-rows.ts";
import type { PopulationKind } from "../../../shared/model/population-kind.ts";
import { Outcome } from "../../../shared/model/result.ts";
import { call } from "../../api.ts";
import type { GridSort } from "../../components/grid/sort.ts";

export type Show = "all" | "deviations";
type Query = RequestOf<"evaluation.rows">["query"];

/** What the person asks for. `anyControl` and `anyOutcome` ask for nothing. */
export interface MatrixFilter {
  readonly population: PopulationKind;
  readonly text: string;
  readonly show: Show;
  readonly control: string;
  readonly outcome: string;
  readonly sort: GridSort | null;
}

export const anyControl = "any-control";
export const anyOutcome = "any-outcome";
/** By the worst outcome of all controls, for which there is no column. */
export const worstFirst: GridSort = { column: "outcome", descending: false };

export function queryOf({ population, text, show, control, outcome, sort }: MatrixFilter): Query {
  const wanted = Outcome.safeParse(outcome).data;
  return {
    population,
    search: text.trim(),
    show,
    ...(sort ? { ...orderOf(sort.column), descending: sort.descending } : {}),
    ...(control === anyControl ? {} : { control }),
    ...(control === anyControl || wanted === undefined ? {} : { outcome: wanted }),
  };
}

/** Columns are the workpaper reference, what items are known by, and the controls. */
function orderOf(column: string): Pick<Query, "sort" | "sortControl"> {
  if (column === "ref" || column === worstFirst.column) return { sort: column as "ref" | "outcome" };
  const order = ItemOrder.safeParse(column).data;
  return order ? { sort: order } : { sort: "outcome", sortControl: column };
}

const atOnce = 1000;
/** More than a spreadsheet is glad to be given through the clipboard. */
const mostCopied = 20_000;

/** The rows that a query finds, from the first on, for a copy of them. */
export async function fetchRows(query: Query): Promise<MatrixRow[]> {
  const rows: MatrixRow[] = [];
  for (let total = 1; rows.length < Math.min(total, mostCopied); ) {
    const page = await call("evaluation.rows", { query, offset: rows.length, limit: atOnce });
    if (page.rows.length === 0) break;
    rows.push(...page.rows);
    total = page.total;
  }
  return rows;
}
