import type { WalkPlan } from "./plan-walk.ts";
import { callOn } from "./repository.ts";
import { readGit, readGitText } from "./run-git.ts";

export interface RawNote {
  /** `git:<commit>#<ref>` */
  readonly locator: string;
  readonly bytes: Buffer;
}

/** No engagement rests on more; each is a question to git. */
const mostNotes = 10_000;

/** Notes that git keeps beside commits, of every ref under refs/notes. A partial clone has no contents of them. */
export async function readNotes({ cut, refs }: WalkPlan): Promise<RawNote[]> {
  const { repository } = cut;
  if (repository.partial !== "") return [];
  const notes: RawNote[] = [];
  for (const { name, object } of refs.refs.filter((ref) => ref.name.startsWith("refs/notes/"))) {
    const tree = await readGitText(callOn(repository, ["ls-tree", "-r", "--full-tree", object]));
    for (const line of tree.split("\n")) {
      const [, blob, path = ""] = /^100\d{3} blob ([0-9a-f]+)\t([0-9a-f/]+)$/.exec(line) ?? [];
      // The commit's id is the note's path, cut into folders once there are many.
      const commit = path.replaceAll("/", "");
      if (blob === undefined || commit.length !== repository.idLength || notes.length >= mostNotes) continue;
      const bytes = await readGit(callOn(repository, ["cat-file", "blob", blob]));
      notes.push({ locator: `git:${commit}#${name}`, bytes });
    }
  }
  return notes;
}
