import type { ConnectionTest } from "../../../shared/model/pull.ts";
import type { SourceOf } from "../../../shared/model/source.ts";
import type { SourceContext } from "../source-driver.ts";
import { readGitVersion } from "./git-version.ts";
import { findLocation } from "./location.ts";
import { openRepository } from "./open-repository.ts";
import { findReleaseBranches, type ListedRef, listRefs } from "./refs.ts";
import { callOn } from "./repository.ts";
import { readGit, readGitText } from "./run-git.ts";

/** Tells whether the repository can be read and has the branch. An address is only asked for its refs, not cloned. */
export async function testRepository(source: SourceOf<"git">, context: SourceContext): Promise<ConnectionTest> {
  const location = await findLocation(source.location, context.baseFolder);
  const notes =
    location.kind === "url" ? await testUrl(source, location.url, context) : await testCopy(source, context);
  return { identity: "", access: "", canWrite: null, notes };
}

async function testUrl(source: SourceOf<"git">, url: string, { signal }: SourceContext): Promise<string[]> {
  await readGitVersion(signal);
  const args = ["ls-remote", "--quiet", "--", url];
  const answer = await readGit({ repository: source.location, args, signal, transport: true });
  const refs = answer
    .toString("utf8")
    .split("\n")
    .map(readRemoteRef)
    .filter(({ name }) => name.startsWith("refs/"));
  const branches = findReleaseBranches(refs, source.releaseBranch, source.location);
  return [
    ...branches.map((branch) => `Branch ${branch.ref} is at ${branch.tip}.`),
    `The server lists ${refs.length} refs.`,
    "The repository is mirrored at the first pull; how many commits it has is known then.",
  ];
}

function readRemoteRef(line: string): ListedRef {
  const [object = "", name = ""] = line.split("\t");
  return { object, name, peeled: "" };
}

async function testCopy(source: SourceOf<"git">, context: SourceContext): Promise<string[]> {
  const repository = await openRepository(source, context, true);
  const { refs } = await listRefs(repository);
  const branches: string[] = [];
  for (const branch of findReleaseBranches(refs, source.releaseBranch, source.location)) {
    const commits = await readGitText(callOn(repository, ["rev-list", "--count", branch.tip]));
    branches.push(`Branch ${branch.ref} is at ${branch.tip}, with ${commits} commits.`, ...branch.notes);
  }
  const shallow = repository.shallow.length > 0 ? ["It is a shallow clone: history before its cut is missing."] : [];
  return [...branches, ...repository.notes, ...shallow];
}
