import type { Directory } from "./directory.ts";
import type { PlannedChange, PlannedCommit, PlannedHistory } from "./planned.ts";
import { addBulk, editText, firstTestText, firstText, testPathOf } from "./source-text.ts";
import type { Story } from "./story-schema.ts";

type Tree = ReadonlyMap<string, string>;

/** A commit with its place in the graph and the files that it writes. */
export interface LaidCommit extends Omit<PlannedCommit, "pushedAt"> {
  /** Full name of the ref that the commit is put on. */
  readonly ref: string;
  /** Keys of the parents, first parent first. */
  readonly parents: readonly string[];
  /** Path → content of the files that differ from the first parent. */
  readonly files: Tree;
}

/** Where branches without a request are put while they are made; removed afterwards. */
export const passingRef = "refs/demo/passing";

/**
 * Puts the planned commits into a graph, parents before children. A branch is cut from the release branch as it was
 * when the branch's first commit was written; a merge has the branch's version of each file that the branch touched.
 */
export function layCommits(story: Story, directory: Directory, history: PlannedHistory): LaidCommit[] {
  const main: { at: number; key: string }[] = [];
  const trees = new Map<string, Tree>();
  const laid: LaidCommit[] = [];
  const lay = (commit: PlannedCommit, ref: string, parents: readonly string[], files: Tree) => {
    const { key, author, committer, message } = commit;
    laid.push({ key, author, committer, message, ref, parents, files });
    trees.set(key, new Map([...(trees.get(parents[0] ?? "") ?? []), ...files]));
  };
  const releaseRef = `refs/heads/${story.repository.releaseBranch}`;
  const root = makeRoot(story, directory);
  lay(root, releaseRef, [], firstTree(story, directory));
  main.push({ at: story.repository.startedAt, key: root.key });

  for (const change of history) {
    const tip = lastBefore(main, Number.POSITIVE_INFINITY);
    const base = change.story.from ?? lastBefore(main, (change.commits[0]?.author.at ?? change.story.at) - 60);
    const touched = new Map<string, string>();
    const edit = (parent: string, step: number) => {
      const files = editedFiles(story, change, treeOf(trees, parent), step, () => revertedTree(trees, laid, change));
      for (const [path, content] of files) touched.set(path, content);
      return files;
    };
    let parent = base;
    for (const [index, commit] of change.commits.entries()) {
      lay(commit, branchRef(change), [parent], edit(parent, index + 1));
      parent = commit.key;
    }
    if (!change.arrival) continue;
    if (change.story.how === "push") edit(tip, 1);
    for (const [path, content] of smuggledFiles(story, change, treeOf(trees, tip))) touched.set(path, content);
    const merges = change.story.how === "merge" || change.story.how === "local-merge";
    lay(change.arrival, releaseRef, merges ? [tip, parent] : [tip], touched);
    main.push({ at: change.story.at, key: change.arrival.key });
  }
  return laid;
}

function lastBefore(main: readonly { at: number; key: string }[], moment: number): string {
  return main.findLast((entry) => entry.at <= moment)?.key ?? main[0]?.key ?? "";
}

function branchRef(change: PlannedChange): string {
  if (change.request) return `refs/pull/${change.request.number}/head`;
  return change.story.how === "branch" ? `refs/heads/${change.branch}` : passingRef;
}

/** The first commit of a branch edits the source, the second its tests, later ones the source again. */
function editedFiles(story: Story, change: PlannedChange, tree: Tree, step: number, reverted: () => Tree): Tree {
  const { id, title, ticket, file } = change.story;
  if (change.story.reverts !== undefined) return reverted();
  const path = story.code.source[file]?.path ?? "";
  const target = step === 2 ? (testPathOf(path) ?? path) : path;
  const edited = editText(target, tree.get(target) ?? "", { id, title, ticket, step });
  const { bulk } = change.story;
  return new Map([[target, bulk === undefined || step !== 1 ? edited : addBulk(target, edited, id, bulk)]]);
}

/** What comes to the release branch with a change, and is in none of its commits. */
function smuggledFiles(story: Story, { story: { smuggled, id, title } }: PlannedChange, tree: Tree): Tree {
  if (smuggled === undefined) return new Map();
  const path = story.code.source[smuggled]?.path ?? "";
  return new Map([[path, editText(path, tree.get(path) ?? "", { id, title, ticket: undefined, step: 1 })]]);
}

/** The files of the reverted change as they were before it arrived. */
function revertedTree(trees: ReadonlyMap<string, Tree>, laid: readonly LaidCommit[], change: PlannedChange): Tree {
  const reverted = laid.find((commit) => commit.key === change.story.reverts);
  const before = treeOf(trees, reverted?.parents[0] ?? "");
  return new Map([...(reverted?.files.keys() ?? [])].map((path) => [path, before.get(path) ?? ""]));
}

function treeOf(trees: ReadonlyMap<string, Tree>, key: string): Tree {
  const tree = trees.get(key);
  if (!tree) throw new Error(`The demo story builds on ${key}, which is not there yet.`);
  return tree;
}

function makeRoot(story: Story, directory: Directory): PlannedCommit {
  const { name, email, zone } = directory.of(story.repository.startedBy);
  const at = story.repository.startedAt;
  const signature = { name, email, at, zone };
  return { key: "start", author: signature, committer: signature, message: "Start ledger-core", pushedAt: at };
}

function firstTree(story: Story, directory: Directory): Tree {
  const files = new Map(Object.entries(story.code.text));
  files.set(".mailmap", mailmapText(story, directory));
  files.set(
    "web/src/rules.ts",
    "export function applyRule(_rule: string, input: string): string {\n  return input;\n}\n",
  );
  for (const { path, about, start } of Object.values(story.code.source)) {
    files.set(path, firstText(path, about, start));
    const testPath = testPathOf(path);
    if (testPath !== null) files.set(testPath, firstTestText(testPath));
  }
  return files;
}

function mailmapText(story: Story, directory: Directory): string {
  const lines = story.people.persons.flatMap((person) => {
    const { name, email } = directory.of(person.id);
    return person.mailmap.map((other) => `${name} <${email}> <${other}>\n`);
  });
  return lines.join("");
}
