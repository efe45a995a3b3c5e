import { corrupt } from "./git-faults.ts";

/** What one commit changed against its first parent, as `git log --raw -z` writes it. Empty: nothing. */
export interface RawChangedPaths {
  readonly id: string;
  readonly bytes: Buffer;
}

const colon = 0x3a;

/**
 * Reads what `git diff-tree --stdin --raw -z` writes: for each commit `<id>\0`, then for each path
 * `:<mode> <mode> <id> <id> <status>\0<path>\0`. Paths may hold any byte but NUL, a line end too.
 */
export class ChangedPathsReader {
  private readonly repository: string;
  private readonly idLength: number;
  /** From `:` to the NUL behind the status letter. */
  private readonly headerLength: number;
  private rest: Buffer = Buffer.alloc(0);
  private current: { id: string; parts: Buffer[] } | null = null;

  constructor(repository: string, idLength: 40 | 64) {
    this.repository = repository;
    this.idLength = idLength;
    this.headerLength = ":100644 100644 ".length + idLength + 1 + idLength + " M".length;
  }

  /** @throws git-corrupt when the answer is not of that form */
  push(part: Buffer): RawChangedPaths[] {
    const data = this.rest.length ? Buffer.concat([this.rest, part]) : part;
    const whole: RawChangedPaths[] = [];
    let from = 0; // where the part of the current commit's record begins that is not kept yet
    let at = 0;
    while (at < data.length) {
      const next = data[at] === colon ? this.skipPath(data, at) : data.indexOf(0, at) + 1;
      if (next <= 0) break;
      if (data[at] !== colon) {
        if (at > from) this.current?.parts.push(data.subarray(from, at));
        this.finish(whole);
        this.begin(data.toString("latin1", at, next - 1));
        from = next;
      }
      at = next;
    }
    if (at > from) this.current?.parts.push(data.subarray(from, at));
    this.rest = data.subarray(at);
    return whole;
  }

  /** The last commit's, once the stream ended. */
  end(): RawChangedPaths[] {
    if (this.rest.length > 0)
      throw corrupt(this.repository, this.current?.id ?? "", "gave only a part of its changed paths");
    const whole: RawChangedPaths[] = [];
    this.finish(whole);
    return whole;
  }

  /** Where the next token begins, or 0 when the path has not come whole yet. */
  private skipPath(data: Buffer, at: number): number {
    const headerEnd = at + this.headerLength;
    if (headerEnd >= data.length) return 0;
    if (data[headerEnd] !== 0)
      throw corrupt(this.repository, this.current?.id ?? "", "gave changed paths that cannot be read");
    return data.indexOf(0, headerEnd + 1) + 1;
  }

  private begin(id: string): void {
    if (id.length !== this.idLength) throw corrupt(this.repository, "", "gave changed paths of no commit");
    this.current = { id, parts: [] };
  }

  private finish(whole: RawChangedPaths[]): void {
    if (!this.current) return;
    const { id, parts } = this.current;
    whole.push({ id, bytes: parts.length === 1 && parts[0] ? parts[0] : Buffer.concat(parts) });
    this.current = null;
  }
}
