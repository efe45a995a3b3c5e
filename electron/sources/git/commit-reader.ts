import { hash } from "node:crypto";
import { ByteQueue } from "./byte-queue.ts";
import { corrupt } from "./git-faults.ts";

/** A commit object as git hashes it, without its `commit <size>\0` header. */
export interface RawCommit {
  readonly id: string;
  readonly bytes: Buffer;
  readonly parents: number;
}

/** Longest header line of `cat-file --batch`: an id, a type and a size. */
const headerLimit = 128;

/**
 * Reads what `git cat-file --batch` writes for commits: `<id> commit <size>\n<content>\n` each. Every id is computed
 * again from the content, so that a commit that was tampered with or damaged on disk is found here.
 */
export class CommitReader {
  private readonly queue = new ByteQueue();
  private readonly repository: string;

  constructor(repository: string) {
    this.repository = repository;
  }

  /** @throws git-corrupt naming the object that is missing, of another type, or not what its id says */
  push(part: Buffer): RawCommit[] {
    this.queue.add(part);
    const commits: RawCommit[] = [];
    for (let commit = this.next(); commit; commit = this.next()) commits.push(commit);
    return commits;
  }

  /** @throws git-corrupt when the stream ended inside of an object */
  end(): RawCommit[] {
    if (this.queue.length > 0) throw corrupt(this.repository, "", "gave only a part of an object");
    return [];
  }

  private next(): RawCommit | null {
    const lineEnd = this.queue.find(0x0a, headerLimit);
    if (lineEnd < 0) {
      if (this.queue.length >= headerLimit) throw corrupt(this.repository, "", "gave an object without a header");
      return null;
    }
    const header = this.queue.peek(lineEnd).toString("latin1");
    const [id = "", type = "", sizeText = ""] = header.split(" ");
    if (type !== "commit")
      throw corrupt(this.repository, id, type === "missing" ? "is missing" : `is a ${type}, not a commit`);
    const whole = lineEnd + 1 + Number(sizeText) + 1;
    if (this.queue.length < whole) return null;
    const object = this.queue.take(whole);
    // git hashes `commit <size>\0<content>`: with its line end made a NUL, the header that is there already is that one.
    object[lineEnd] = 0;
    const algorithm = id.length === 40 ? "sha1" : "sha256";
    if (hash(algorithm, object.subarray(id.length + 1, whole - 1)) !== id) {
      throw corrupt(this.repository, id, "has a content that does not match its id");
    }
    const bytes = object.subarray(lineEnd + 1, whole - 1);
    return { id, bytes, parents: countParents(bytes, id.length) };
  }
}

/** `parent` lines follow the `tree` line directly, all of one length. */
function countParents(bytes: Buffer, idLength: number): number {
  let parents = 0;
  let at = "tree ".length + idLength + 1;
  while (bytes[at] === 0x70 /* p */) {
    parents += 1;
    at += "parent ".length + idLength + 1;
  }
  return parents;
}

/** Ids of the parents that a commit names. */
export function parentsOf({ bytes, id, parents }: RawCommit): string[] {
  const line = "parent ".length + id.length + 1;
  const first = "tree ".length + id.length + 1 + "parent ".length;
  return Array.from({ length: parents }, (_, index) =>
    bytes.toString("latin1", first + index * line, first + index * line + id.length),
  );
}
