import type { Coverage } from "../model/coverage.ts";
import type { Source } from "../model/source.ts";
import { keyNumberPlace } from "../model/ticket-source.ts";

/** A way to write keys of one project: a regular expression with one group, and the key that what is in it makes. */
interface KeyShape {
  readonly expression: string;
  keyOf(found: string): string;
}

/**
 * Finds ticket keys in branch names, titles and messages with their trailers: those of the projects that sources are
 * configured for and that tickets were received of. Branch names are often written in lower case, so case does not
 * matter; keys come back as the ticket system writes them, each once, in order of first mention.
 */
export function createKeyFinder(
  sources: readonly Source[],
  coverage: readonly Coverage[],
): (texts: readonly string[]) => string[] {
  const known = [...shapesOfNumbers(sources), ...shapesOfProjects(sources, coverage)];
  // Without a source of tickets no project is known; the usual shape of a key is read so that it can be shown.
  const shapes = known.length > 0 ? known : [{ expression: "([A-Z][A-Z0-9]{1,9}-[1-9][0-9]*)", keyOf: asWritten }];
  const any = shapes.map(({ expression }) => expression).join("|");
  const pattern = new RegExp(`(?<![A-Za-z0-9])(?:${any})(?![A-Za-z0-9])`, known.length > 0 ? "gi" : "g");
  return (texts) => {
    const keys = new Set<string>();
    for (const text of texts) {
      for (const [, ...groups] of text.matchAll(pattern)) {
        const index = groups.findIndex((group) => group !== undefined);
        const key = shapes[index]?.keyOf(groups[index] ?? "");
        if (key !== undefined) keys.add(key);
      }
    }
    return [...keys];
  };
}

/** The project of a key, or what ServiceNow's numbers begin with: what coverage of tickets is about. */
export function projectOfKey(key: string): string {
  const hyphen = key.lastIndexOf("-");
  return hyphen > 0 ? key.slice(0, hyphen) : key.replace(/[0-9]+$/, "");
}

function asWritten(key: string): string {
  return key;
}

/** ServiceNow's numbers have no hyphen: CHG0030001. */
function shapesOfNumbers(sources: readonly Source[]): KeyShape[] {
  const prefixes = sources.flatMap((source) => (source.kind === "servicenow" ? source.numberPrefix : []));
  return [...new Set(prefixes)].map((prefix) => ({
    expression: `${prefix}([0-9]{5,})`,
    keyOf: (number) => `${prefix}${number}`,
  }));
}

function shapesOfProjects(sources: readonly Source[], coverage: readonly Coverage[]): KeyShape[] {
  const numbered = new Set(sources.flatMap((source) => (source.kind === "servicenow" ? source.numberPrefix : [])));
  const ofTickets = sources.flatMap((source) =>
    source.kind === "jira" || source.kind === "jira-files" ? [source] : [],
  );
  const received = coverage.filter(({ kind }) => kind === "tickets").map(({ scope }) => scope);
  const projects = [...ofTickets.flatMap((source) => source.projects), ...received].filter(
    (project) => /^[A-Z][A-Z0-9_]*$/.test(project) && !numbered.has(project),
  );
  return [...new Set(projects)].flatMap((project) => {
    const own = ofTickets.flatMap(({ keyPatterns }) => keyPatterns?.[project] ?? []);
    const patterns = own.length > 0 ? own : [`${project}-${keyNumberPlace}`];
    return patterns.map((pattern) => ({
      expression: pattern.split(keyNumberPlace).map(escapeText).join("([1-9][0-9]*)"),
      keyOf: (number: string) => `${project}-${number}`,
    }));
  });
}

function escapeText(text: string): string {
  return text.replace(/[\\^$.*+?()[\]{}|/-]/g, "\\$&");
}
