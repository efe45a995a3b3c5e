import type { ReadFacts, Unread } from "../../model/facts.ts";
import type { Commit } from "../../model/git-facts.ts";
import type { EvidenceInput } from "../evidence-input.ts";
import { originOf, unreadWhole } from "../json-evidence.ts";
import { readCoAuthors } from "./co-authors.ts";
import { commitOf, decodeText, isObjectId } from "./git-evidence.ts";
import { readSignature } from "./signature-reader.ts";
import { readTrailers } from "./trailers.ts";

const lineEnd = 0x0a;
const space = 0x20;

/**
 * Reads the content of one commit object (git's documentation, "gitformat-…", names no grammar; this follows what
 * `git hash-object -t commit` accepts). All times in it were written by whoever made it. What cannot be read in an
 * otherwise readable commit is listed as unread and shown as git shows it, so that no commit vanishes by its oddity.
 */
export function readCommit(input: EvidenceInput, repository: string): ReadFacts {
  const id = commitOf(input);
  if (id === null) return unreadWhole(input, { reason: "its locator names no commit" });
  const { headers, message } = splitObject(input.bytes);
  const encoding = textOf(headers, "encoding");
  const tree = textOf(headers, "tree");
  const parents = headers.filter(({ name }) => name === "parent").map(({ value }) => decodeText(value).text);
  const author = headers.find(({ name }) => name === "author");
  const committer = headers.find(({ name }) => name === "committer");
  if (!isObjectId(tree) || !parents.every(isObjectId) || !author || !committer) {
    return unreadWhole(input, { reason: "it is not the content of a commit" });
  }
  const unread: Unread[] = [];
  const note = (place: string, reason: string): void => {
    unread.push({ origin: originOf(input, place), reason });
  };
  const text = decodeText(message, encoding);
  if (!text.whole) note("message", `some of it is not ${encoding || "UTF-8"}`);
  const trailers = readTrailers(text.text);
  const commit: Commit = {
    origin: originOf(input, ""),
    kind: "commit",
    repository,
    id,
    tree,
    parents,
    author: readSignature(author.value, encoding, (reason) => note("author", reason)),
    committer: readSignature(committer.value, encoding, (reason) => note("committer", reason)),
    message: text.text,
    coAuthors: readCoAuthors(text.text),
    ...(trailers.length === 0 ? {} : { trailers }),
    signed: headers.some(({ name }) => name === "gpgsig" || name === "gpgsig-sha256"),
  };
  return { facts: [commit], unread };
}

interface Header {
  readonly name: string;
  /** Without the lines that continue it (signatures and merged tags have them). */
  readonly value: Uint8Array;
}

/** Headers up to the first empty line; the rest is the message. A line that begins with a space continues the one before. */
function splitObject(bytes: Uint8Array): { headers: Header[]; message: Uint8Array } {
  const headers: Header[] = [];
  let at = 0;
  while (at < bytes.length && bytes[at] !== lineEnd) {
    const found = bytes.indexOf(lineEnd, at);
    const end = found < 0 ? bytes.length : found;
    const gap = bytes.indexOf(space, at);
    if (bytes[at] !== space) {
      const nameEnd = gap < 0 || gap > end ? end : gap;
      const value = bytes.subarray(Math.min(nameEnd + 1, end), end);
      headers.push({ name: decodeText(bytes.subarray(at, nameEnd)).text, value });
    }
    at = end + 1;
  }
  return { headers, message: bytes.subarray(Math.min(at + 1, bytes.length)) };
}

/** Value of the first header of a name; empty without one. */
function textOf(headers: readonly Header[], name: string): string {
  const header = headers.find((one) => one.name === name);
  return header ? decodeText(header.value).text.trim() : "";
}
