import { TickmarkError } from "../../../shared/errors.ts";
import { readGitText } from "./run-git.ts";

/** First git that has all that is asked of it (`--path-format`, `--diff-merges=first-parent`). */
const oldest = [2, 31] as const;
/** First git that can be told not to fetch what a partial clone lacks; older ones are kept from it by refusing every transport. */
const withLazyFetchOff = [2, 44] as const;

export interface GitVersion {
  readonly text: string;
  readonly notes: readonly string[];
}

/** @throws git-missing when there is none or one that is too old */
export async function readGitVersion(signal: AbortSignal): Promise<GitVersion> {
  const text = await readGitText({ repository: "this machine", args: ["--version"], signal });
  const [, major = "0", minor = "0"] = /(\d+)\.(\d+)/.exec(text) ?? [];
  const version = [Number(major), Number(minor)] as const;
  if (isBefore(version, oldest)) {
    throw new TickmarkError(
      "git-missing",
      `This machine has ${text}, which is too old.`,
      `Install git ${oldest.join(".")} or newer and pull again.`,
    );
  }
  const notes = isBefore(version, withLazyFetchOff)
    ? [`${text} has no switch against fetching missing objects; every transport was refused instead.`]
    : [];
  return { text, notes };
}

function isBefore(version: readonly [number, number], other: readonly [number, number]): boolean {
  return version[0] < other[0] || (version[0] === other[0] && version[1] < other[1]);
}
