import type { ReadFacts } from "../../model/facts.ts";
import { readRequestAddress } from "../../model/request-address.ts";
import type { EvidenceInput } from "../evidence-input.ts";
import { type ElementReader, parseShape, readElements, unreadWhole } from "../json-evidence.ts";
import { List, PullCommitShape } from "./github-shapes.ts";

/** One page of a request's commits. The answer itself names no request: its address does. */
export function readPullCommitPage(input: EvidenceInput, repository: string, json: unknown): ReadFacts {
  const list = parseShape(List, json);
  if ("reason" in list) return unreadWhole(input, list);
  const address = readRequestAddress(input.locator);
  if (address?.list !== "commits")
    return unreadWhole(input, { reason: "the name of the record does not say which request this is" });
  return readElements(input, list.data, "", pullCommitReader(repository, address.number));
}

export function pullCommitReader(repository: string, request: number): ElementReader {
  return (element, origin) => {
    const parsed = parseShape(PullCommitShape, element);
    if ("reason" in parsed) return parsed;
    const { sha, commit, author } = parsed.data;
    return [
      {
        kind: "request-commit",
        origin,
        repository,
        request,
        commit: sha,
        authorLogin: author.login,
        authorEmail: commit.author?.email ?? "",
        authorName: commit.author?.name ?? "",
        message: commit.message,
      },
    ];
  };
}
