import type { ConnectionTest } from "../../../shared/model/pull.ts";
import type { SourceOf } from "../../../shared/model/source.ts";
import type { SourceContext } from "../source-driver.ts";
import { readGitVersion } from "./git-version.ts";
import { findLocation } from "./location.ts";
import { openRepository } from "./open-repository.ts";
import { findReleaseBranch, type ListedRef, listRefs } from "./refs.ts";
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
  const branch = findReleaseBranch(refs, source.releaseBranch, source.location);
  return [
    `Branch ${branch.ref} is at ${branch.tip}.`,
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
  const branch = findReleaseBranch(refs, source.releaseBranch, source.location);
  const commits = await readGitText(callOn(repository, ["rev-list", "--count", branch.tip]));
  const shallow = repository.shallow.length > 0 ? ["It is a shallow clone: history before its cut is missing."] : [];
  return [
    `Branch ${branch.ref} is at ${branch.tip}, with ${commits} commits.`,
    ...branch.notes,
    ...repository.notes,
    ...shallow,
  ];
}
