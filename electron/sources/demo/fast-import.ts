import type { LaidCommit } from "./lay-commits.ts";
import { gitTime } from "./moments.ts";
import type { CommitSignature } from "./planned.ts";

export interface LaidTag {
  readonly name: string;
  /** Key of the commit. */
  readonly commit: string;
  /** Who made an annotated tag; null for a light one. */
  readonly tagger: CommitSignature | null;
}

export interface LaidRefs {
  readonly tags: readonly LaidTag[];
  /** Full ref name → key of the commit. */
  readonly branches: ReadonlyMap<string, string>;
  /** Refs to take away again. */
  readonly passing: readonly string[];
}

/** The stream that `git fast-import` reads, and the mark that each commit has in it. */
export function writeImportStream(
  commits: readonly LaidCommit[],
  refs: LaidRefs,
): { stream: string; marks: Map<string, number> } {
  const marks = new Map(commits.map((commit, index) => [commit.key, index + 1]));
  const mark = (key: string) => `:${marks.get(key)}`;
  const parts = commits.map((commit) => writeCommit(commit, mark));
  for (const [ref, key] of refs.branches) parts.push(`reset ${ref}\nfrom ${mark(key)}\n\n`);
  for (const { name, commit, tagger } of refs.tags) {
    parts.push(
      tagger
        ? `tag ${name}\nfrom ${mark(commit)}\ntagger ${writeSignature(tagger)}\n${writeData(`Release ${name}\n`)}`
        : `reset refs/tags/${name}\nfrom ${mark(commit)}\n\n`,
    );
  }
  for (const ref of refs.passing) parts.push(`reset ${ref}\nfrom ${"0".repeat(40)}\n\n`);
  parts.push("done\n");
  return { stream: parts.join(""), marks };
}

function writeCommit(commit: LaidCommit, mark: (key: string) => string): string {
  const [first, ...others] = commit.parents;
  const lines = [`commit ${commit.ref}`, `mark ${mark(commit.key)}`];
  lines.push(`author ${writeSignature(commit.author)}`, `committer ${writeSignature(commit.committer)}`);
  let text = `${lines.join("\n")}\n${writeData(`${commit.message}\n`)}`;
  if (first !== undefined) text += `from ${mark(first)}\n`;
  for (const other of others) text += `merge ${mark(other)}\n`;
  for (const [path, content] of commit.files) text += `M 100644 inline ${path}\n${writeData(content)}`;
  return `${text}\n`;
}

function writeSignature({ name, email, at, zone }: CommitSignature): string {
  return `${name} <${email}> ${gitTime(at, zone)}`;
}

/** The length counts bytes, not characters. */
function writeData(text: string): string {
  return `data ${Buffer.byteLength(text)}\n${text}\n`;
}
