import type { CodeOwners } from "../model/git-facts.ts";
import { matchPath } from "../model/path-pattern.ts";

/** Who owns a path by CODEOWNERS: the last line that fits wins, also where it names nobody. */
export function findOwners(rules: readonly CodeOwners[]): (path: string) => readonly string[] {
  const newestFirst = [...rules]
    .sort((a, b) => b.line - a.line)
    .map(({ pattern, owners }) => ({ fits: matchPath(pattern), owners }));
  return (path) => newestFirst.find(({ fits }) => fits(path))?.owners ?? [];
}
