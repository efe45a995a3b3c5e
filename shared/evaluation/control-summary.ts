import type { Catalog } from "../model/catalog.ts";
import type { Conclusion } from "../model/conclusion.ts";
import type { Result } from "../model/result.ts";
import type { Draw } from "../model/sample.ts";
import { concludeControls } from "./conclusion.ts";

/** Conclusions of one draw that nothing followed. */
export function summarise(catalog: Catalog, draw: Draw, results: Iterable<Result>): Conclusion[] {
  return concludeControls(catalog, { initial: draw, draws: [draw], population: draw.population }, [...results]);
}
