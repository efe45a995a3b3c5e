import type { Source } from "../model/source.ts";

/**
 * Finds ticket keys of the configured projects in branch names, titles and messages. Branch names are often
 * written in lower case, so case does not matter; keys come back in upper case, each once, in order of first mention.
 */
export function createKeyFinder(sources: readonly Source[]): (texts: readonly string[]) => string[] {
  const projects = sources.flatMap((source) =>
    source.kind === "jira" || source.kind === "jira-files" ? source.projects : [],
  );
  // Without a source of tickets no project is configured; the usual shape of a key is read so that it can be shown.
  const project = projects.length > 0 ? [...new Set(projects)].join("|") : "[A-Z][A-Z0-9]{1,9}";
  // ServiceNow's numbers have no hyphen: CHG0030001.
  const numbered = sources.flatMap((source) => (source.kind === "servicenow" ? source.numberPrefix : []));
  const isKnown = projects.length + numbered.length > 0;
  const shapes = [
    ...(projects.length > 0 || numbered.length === 0 ? [`(?:${project})-[1-9][0-9]*`] : []),
    ...(numbered.length > 0 ? [`(?:${[...new Set(numbered)].join("|")})[0-9]{5,}`] : []),
  ];
  const pattern = new RegExp(`(?<![A-Za-z0-9])(?:${shapes.join("|")})(?![A-Za-z0-9])`, isKnown ? "gi" : "g");
  return (texts) => {
    const keys = new Set<string>();
    for (const text of texts) {
      for (const [key] of text.matchAll(pattern)) keys.add(key.toUpperCase());
    }
    return [...keys];
  };
}
