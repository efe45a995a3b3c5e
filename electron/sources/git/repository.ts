import type { GitCall } from "./run-git.ts";

/** A repository that can be read. */
export interface Repository {
  /** As the source names it. */
  readonly named: string;
  /** Absolute path of the folder with the repository's own files. */
  readonly gitDir: string;
  /** Hexadecimal digits of an object id: 40 for SHA-1, 64 for SHA-256. */
  readonly idLength: 40 | 64;
  /** Content of the `shallow` file: commits whose parents were cut off, an id a line. Empty for a whole clone. */
  readonly shallow: Buffer;
  /** What a partial clone leaves out, such as `blob:none`; empty for a whole one. */
  readonly partial: string;
  readonly signal: AbortSignal;
  /** For every command on it. */
  readonly environment: Readonly<Record<string, string>>;
  /** What a reader of the IPE record must know of it. */
  readonly notes: readonly string[];
}

/** A reading command on a repository. @param input ids for its stdin, a line each */
export function callOn(
  repository: Repository,
  args: readonly string[],
  input?: GitCall["input"] | readonly string[],
): GitCall {
  const { named, gitDir, signal, environment } = repository;
  const lines = Array.isArray(input) ? input.map((id: string) => `${id}\n`).join("") : (input as GitCall["input"]);
  return { repository: named, gitDir, signal, environment, args, ...(lines === undefined ? {} : { input: lines }) };
}
