import type { Source } from "../../model/source.ts";

/** What the changes' numbers begin with stands for them as a project does for tickets. */
export function prefixOf(source: Source): string {
  return source.kind === "servicenow" ? source.numberPrefix : "CHG";
}
