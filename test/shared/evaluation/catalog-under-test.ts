import { readFileSync } from "node:fs";
import { join } from "node:path";
import { root } from "../../../build/install.mjs";
import { type CompiledCatalog, compileCatalog } from "../../../shared/evaluation/catalog-compilation.ts";
import { evaluateItem } from "../../../shared/evaluation/evaluation.ts";
import type { ParameterValues } from "../../../shared/model/catalog.ts";
import type { Change } from "../../../shared/model/change.ts";
import type { Item } from "../../../shared/model/item.ts";
import type { Result } from "../../../shared/model/result.ts";

export const catalogText = readFileSync(join(root, "resources/catalogs/devops-audit-defense.yaml"), "utf8");

const compiled = new Map<string, CompiledCatalog>();

/** The catalog that Tickmark brings, compiled once for each set of values. */
export function compiledCatalog(values: ParameterValues = {}): CompiledCatalog {
  const key = JSON.stringify(values);
  const catalog = compiled.get(key) ?? compileCatalog(catalogText, values);
  compiled.set(key, catalog);
  return catalog;
}

/** Results of one control of the catalog that Tickmark brings, of all its assertions, for a change. */
export function evaluateChange(control: string, change: Change, parameters: ParameterValues = {}): Result[] {
  return evaluateItem(compiledCatalog(parameters), "change", change).filter((result) => result.control === control);
}

/** Result of one control of the catalog that Tickmark brings, for a change or a deployment. */
export function test(control: string, item: Item, parameters: ParameterValues = {}): Result {
  const results = evaluateItem(compiledCatalog(parameters), "revision" in item ? "deployment" : "change", item);
  const own = results.filter((result) => result.control === control);
  if (own.length !== 1 || !own[0]) throw new Error(`${control} gave ${own.length} results.`);
  return own[0];
}
