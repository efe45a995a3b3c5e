import type { ReadFacts, Unread } from "../../model/facts.ts";
import type { CommitSignature } from "../../model/git-facts.ts";
import type { EvidenceInput } from "../evidence-input.ts";
import { originOf } from "../json-evidence.ts";
import { decodeText, isObjectId, linesOf } from "./git-evidence.ts";

/**
 * git's letters (git-log(1), `%G?`). "U" is good with an unknown validity: of a key that is in the keyring without trust
 * in it, which names its owner; or of an SSH key that no allowed signer has, which names nobody.
 */
const statuses: Readonly<Record<string, CommitSignature["status"]>> = {
  G: "good",
  U: "good",
  B: "bad",
  X: "expired",
  Y: "expired",
  R: "revoked",
  E: "unknown-key",
  N: "none",
};

/** Reads `<commit>\t<letter>\t<signer>\t<key>` a line. */
export function readSignatures(input: EvidenceInput, repository: string): ReadFacts {
  const facts: CommitSignature[] = [];
  const unread: Unread[] = [];
  for (const [index, line] of linesOf(decodeText(input.bytes).text).entries()) {
    const origin = originOf(input, `line ${index + 1}`);
    const [commit = "", letter = "", signer = "", key = ""] = line.split("\t");
    const status = letter === "U" && signer === "" ? "unknown-key" : statuses[letter];
    if (status === undefined || !isObjectId(commit))
      unread.push({ origin, reason: "it is no commit with a letter of git's" });
    else facts.push({ kind: "commit-signature", origin, repository, commit, status, signer, key });
  }
  return { facts, unread };
}
