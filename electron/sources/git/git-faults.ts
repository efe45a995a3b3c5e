import { TickmarkError } from "../../../shared/errors.ts";

/** What a git command that failed tells: its exit status and what it wrote to stderr. */
export interface GitFailure {
  /** Subcommand and arguments. */
  readonly args: readonly string[];
  /** The repository as the source names it. */
  readonly repository: string;
  readonly status: number | null;
  readonly stderr: string;
}

export const gitMissing = (cause: unknown): TickmarkError =>
  new TickmarkError(
    "git-missing",
    "The program git was not found on this machine.",
    "Install git 2.31 or newer (on Debian: apt-get install git) and pull again.",
    { cause },
  );

export function notARepository(location: string, why: string): TickmarkError {
  return new TickmarkError(
    "git-not-a-repository",
    `${location} is not a git repository: ${why}.`,
    "Give the folder of a repository (bare or not), a .bundle, a .tar with a bare repository in it, or a clone URL.",
  );
}

export function corrupt(repository: string, object: string, what: string): TickmarkError {
  return new TickmarkError(
    "git-corrupt",
    `The repository ${repository} is damaged: ${object ? `object ${object} ` : ""}${what}.`,
    "Ask for a fresh clone, or run git fsck --full in it to see all that is damaged, and pull again.",
  );
}

const damage =
  /corrupt|inflate|unable to (?:read|parse|find|unpack)|could not (?:read|parse)|missing (?:object|blob|tree|commit)|bad (?:object|tree|signature|pack)|object file .* is empty|does not match|index unavailable|cannot be accessed|is too small|non-monotonic|unknown object type|not a tree object|failed to (?:read|apply delta)|has bad object/i;

const objectId = /\b[0-9a-f]{40}(?:[0-9a-f]{24})?\b/;

function isDiskFull(stderr: string): boolean {
  return /No space left on device|disk full/i.test(stderr);
}

export function diskFull(cause?: unknown): TickmarkError {
  return new TickmarkError(
    "disk-full",
    "The disk became full while the repository was read.",
    "Free some space beside the engagement and pull again.",
    { cause },
  );
}

/** The fault for a reading command that failed. */
export function readingFault({ repository, args, status, stderr }: GitFailure): TickmarkError {
  if (isDiskFull(stderr)) return diskFull();
  if (/not a git repository/i.test(stderr)) return notARepository(repository, "git finds none there");
  if (/from promisor remote|lazy fetching disabled/.test(stderr)) return leftOut(repository, stderr);
  if (damage.test(stderr)) {
    const object = objectId.exec(stderr) ?? objectId.exec(args.join(" "));
    return corrupt(repository, object?.[0] ?? "", `cannot be read (git says: ${lastWords(stderr)})`);
  }
  const command = `git ${args.find((arg) => !arg.startsWith("-")) ?? ""}`;
  return new TickmarkError(
    "git-failed",
    `${command} failed on ${repository} (status ${status ?? "none"}): ${lastWords(stderr)}`,
    "Run git fsck in the repository, or ask for a fresh clone, and pull again.",
  );
}

function leftOut(repository: string, stderr: string): TickmarkError {
  const object = objectId.exec(stderr)?.[0] ?? "an object";
  return new TickmarkError(
    "git-failed",
    `${repository} is a partial clone that leaves out ${object}, which tells what a commit changed.`,
    "Clone it again whole or with --filter=blob:none, which leaves out file contents only.",
  );
}

/** The fault for a clone or fetch that failed. */
export function transportFault(failure: GitFailure): TickmarkError {
  if (isDiskFull(failure.stderr)) return diskFull();
  return new TickmarkError(
    "git-clone-failed",
    `${failure.repository} could not be cloned: ${lastWords(failure.stderr)}`,
    remedyOf(failure.stderr),
  );
}

function remedyOf(stderr: string): string {
  if (
    /could not read (?:Username|Password)|Authentication failed|Permission denied|terminal prompts disabled|40[13]/i.test(
      stderr,
    )
  ) {
    return "Give this account read access, with a git credential helper or an SSH key, and pull again: Tickmark keeps no git credentials.";
  }
  if (/prerequisite/i.test(stderr)) {
    return "Ask for a bundle of the whole history: git bundle create FILE.bundle --all.";
  }
  if (/not found|does not exist|does not appear to be/i.test(stderr)) {
    return "Check the address and that this account may read the repository.";
  }
  return "Check the address and the network with git ls-remote ADDRESS, and pull again.";
}

/** The line in which git says why it gave up, without what a URL may hold before its host. */
export function lastWords(stderr: string): string {
  const lines = stderr.split("\n").map((line) => line.trim());
  const told = lines.find((line) => /^(?:fatal|error):/.test(line)) ?? lines.findLast((line) => line !== "") ?? "";
  const words = told.replace(/^(?:fatal|error):\s*/, "").replace(/\/\/[^/@\s]*@/g, "//");
  return words.slice(0, 300) || "git gave no reason";
}
