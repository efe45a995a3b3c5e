import type { ReadFacts } from "../model/facts.ts";
import type { Source } from "../model/source.ts";
import { readDeployments } from "./deploy/deployment-reader.ts";
import type { EvidenceInput } from "./evidence-input.ts";
import { readGit } from "./git/git-reader.ts";
import { readGithub } from "./github/github-reader.ts";
import { readJira } from "./jira/jira-reader.ts";
import { readRoster } from "./people/roster-reader.ts";

/**
 * Reads a raw record as facts, by the readers of its source's kind. Pure: same bytes, same facts. What cannot be read
 * comes back as unread, with its place and the reason; nothing is thrown for a bad record.
 */
export function readEvidence(input: EvidenceInput, source: Source): ReadFacts {
  switch (source.kind) {
    case "git":
      return readGit(input, source);
    case "github":
    case "github-files":
      return readGithub(input, source);
    case "jira":
    case "jira-files":
      return readJira(input, source);
    case "deployment-log":
      return readDeployments(input, source);
    case "roster":
      return readRoster(input);
  }
}
