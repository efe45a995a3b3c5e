import type { ReadFacts, Unread } from "../../model/facts.ts";
import type { Ref } from "../../model/git-facts.ts";
import type { EvidenceInput } from "../evidence-input.ts";
import { originOf } from "../json-evidence.ts";
import { decodeText, isObjectId, linesOf } from "./git-evidence.ts";

/** Reads `<object id> <peeled id or empty> <ref name>` a line. */
export function readRefs(input: EvidenceInput, repository: string): ReadFacts {
  const facts: Ref[] = [];
  const unread: Unread[] = [];
  for (const [index, line] of linesOf(decodeText(input.bytes).text).entries()) {
    const origin = originOf(input, `line ${index + 1}`);
    const [object = "", peeled = "", name = "", ...more] = line.split(" ");
    if (isObjectId(object) && (peeled === "" || isObjectId(peeled)) && name.startsWith("refs/") && more.length === 0) {
      facts.push({ origin, kind: "ref", repository, name, object, commit: peeled || object });
    } else unread.push({ origin, reason: "it is not an object id, a peeled id and a ref name" });
  }
  return { facts, unread };
}
