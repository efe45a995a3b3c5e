import { readFileSync } from "node:fs";
import { join } from "node:path";
import { root } from "../../../build/install.mjs";
import { compileCatalog } from "../../../shared/evaluation/catalog-compilation.ts";
import { evaluateItem } from "../../../shared/evaluation/evaluation.ts";
import type { ParameterValues } from "../../../shared/model/catalog.ts";
import type { Item } from "../../../shared/model/item.ts";
import type { Result } from "../../../shared/model/result.ts";

export const catalogText = readFileSync(join(root, "resources/catalogs/devops-audit-defense.yaml"), "utf8");

/** Result of one control of the catalog that Tickmark brings, for an item. */
export function test(control: string, item: Item, parameters: ParameterValues = {}): Result {
  const catalog = compileCatalog(catalogText, parameters);
  const results = evaluateItem(catalog, "revision" in item ? "deployment" : "change", item);
  const own = results.filter((result) => result.control === control);
  if (own.length !== 1 || !own[0]) throw new Error(`${control} gave ${own.length} results.`);
  return own[0];
}
