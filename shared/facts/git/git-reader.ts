import type { ReadFacts } from "../../model/facts.ts";
import type { SourceOf } from "../../model/source.ts";
import type { EvidenceInput } from "../evidence-input.ts";
import { unreadWhole } from "../json-evidence.ts";
import { readBoundary } from "./boundary-reader.ts";
import { readChangedPaths } from "./changed-paths-reader.ts";
import { readCommit } from "./commit-reader.ts";
import { readMailmap } from "./mailmap-reader.ts";
import { readRefs } from "./refs-reader.ts";

/** Reads what git gave. Never throws: what is unread is listed. */
export function readGit(input: EvidenceInput, source: SourceOf<"git">): ReadFacts {
  const { repository } = source;
  switch (input.format) {
    case "git.commit":
      return readCommit(input, repository);
    case "git.changed-paths":
      return readChangedPaths(input, repository);
    case "git.refs":
      return readRefs(input, repository);
    case "git.mailmap":
      return readMailmap(input, repository);
    case "git.boundary":
      return readBoundary(input, repository, "shallow");
    case "git.range-boundary":
      return readBoundary(input, repository, "before-range");
    default:
      return unreadWhole(input, { reason: `"${input.format}" is no format of git` });
  }
}
