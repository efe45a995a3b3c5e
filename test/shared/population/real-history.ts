import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gitDriver } from "../../../electron/sources/git/git-driver.ts";
import { readEvidence } from "../../../shared/facts/evidence-reading.ts";
import type { Change } from "../../../shared/model/change.ts";
import type { Fact } from "../../../shared/model/facts.ts";
import type { CodeHost } from "../../../shared/model/request-facts.ts";
import type { SourceOf } from "../../../shared/model/source.ts";
import { pullOnce } from "../../electron/sources/pull-double.ts";
import { emailOf, type History, loginOf, period, repository } from "./history.ts";

type Files = Readonly<Record<string, string | null>>;

/** A commit of a real git history. Its words name it: parents, requests and expectations go by them. */
export interface TrueCommit {
  readonly name: string;
  /** By name; none: it stands on the commit before it in the list, or on nothing where it is the first. */
  readonly on?: readonly string[];
  readonly by?: string;
  /** `host`: GitHub itself; else a person's first name. Without it who wrote it. */
  readonly committer?: string;
  /** `{name}` stands for the id of the commit of that name. */
  readonly message?: string;
  readonly coAuthors?: readonly string[];
  /**
   * Path → content, null removes; what the first parent has stays. Without it a merge gets what its other parents have,
   * and every other commit a file of its own name.
   */
  readonly files?: Files;
  /** Names of commits whose files it has: a squash, a rebased copy, a cherry-pick. */
  readonly copies?: readonly string[];
  /** Names of commits whose files it removes. */
  readonly takesBack?: readonly string[];
  /** Hours after 2 February, nine o'clock. */
  readonly at?: number;
}

export interface TrueRequest {
  readonly number: number;
  readonly by?: string;
  /** Names of its commits, the head last. */
  readonly commits: readonly string[];
  /** The commit that the host names as its merge. */
  readonly merge: string;
  /** Who approved its head, before the merge. */
  readonly approvedBy?: readonly string[];
  readonly into?: string;
}

export interface TrueHistory {
  readonly commits: readonly TrueCommit[];
  readonly requests?: readonly TrueRequest[];
  /** Branch or tag → name of the commit. Without one for `main` it is the last commit. */
  readonly branches?: Readonly<Record<string, string>>;
  readonly tags?: Readonly<Record<string, string>>;
  /** Where a branch stood before it was moved to where it is, by name of the commits; the machine notes each move, hours apart. */
  readonly stoodAt?: Readonly<Record<string, readonly string[]>>;
  readonly releasedFrom?: string;
  readonly host?: CodeHost;
}

/** Commits of a real history by name, and the names by id. */
export interface MadeHistory {
  readonly history: History;
  idOf(name: string): string;
  nameOf(id: string): string;
  /** The change that a commit of the release line is. */
  changeOf(name: string): Change;
}

const start = Date.parse("2026-02-02T09:00:00.000Z") / 1000;

/**
 * Makes a history with git itself, pulls it with the driver of git sources, and adds what the host would say about it.
 * @param history empty, with the persons of the story
 */
export async function makeTrueHistory(history: History, story: TrueHistory): Promise<MadeHistory> {
  const releaseBranch = story.releasedFrom ?? "main";
  const { ids, facts } = await pullStory(story, releaseBranch);
  history.releasedFrom(releaseBranch).with("contents");
  for (const fact of facts) history.fact(fact);
  const made = name(history, ids);
  for (const request of story.requests ?? []) addRequest(made, story, request);
  return made;
}

interface PulledStory {
  readonly ids: ReadonlyMap<string, string>;
  readonly facts: readonly Fact[];
}

const pulled = new Map<string, Promise<PulledStory>>();

/** Stories that git tells the same, and only the host otherwise, are made and pulled once. */
function pullStory(story: TrueHistory, releaseBranch: string): Promise<PulledStory> {
  const heads = story.requests?.map(({ number, commits }) => [number, commits.at(-1)]);
  const key = JSON.stringify([story.commits, story.branches, story.tags, story.stoodAt, heads, releaseBranch]);
  const known = pulled.get(key) ?? pullAnew(story, releaseBranch);
  pulled.set(key, known);
  return known;
}

async function pullAnew(story: TrueHistory, releaseBranch: string): Promise<PulledStory> {
  const path = mkdtempSync(join(tmpdir(), "tickmark-history-"));
  try {
    const ids = importCommits(path, story);
    return { ids, facts: await pullFacts(path, releaseBranch) };
  } finally {
    rmSync(path, { recursive: true, force: true });
  }
}

function name(history: History, ids: ReadonlyMap<string, string>): MadeHistory {
  const names = new Map([...ids].map(([name, id]) => [id, name]));
  const idOf = (name: string) => {
    const id = ids.get(name);
    if (id === undefined) throw new Error(`The story has no commit "${name}".`);
    return id;
  };
  return {
    history,
    idOf,
    nameOf: (id) => names.get(id.slice(id.indexOf("@") + 1)) ?? id,
    changeOf: (name) => history.change(idOf(name)),
  };
}

/** One git for each part of a history: where a message names an earlier commit, its id must be known first. */
function importCommits(path: string, story: TrueHistory): Map<string, string> {
  const git = (args: readonly string[], input = "", environment: Readonly<Record<string, string>> = {}) =>
    execFileSync("git", ["-C", path, ...args], {
      input,
      encoding: "utf8",
      env: { PATH: process.env.PATH, HOME: path, ...environment },
    });
  git(["init", "--quiet", "--bare", "--initial-branch=main"]);
  const ids = new Map<string, string>();
  const marksFile = join(path, "marks");
  let batch: TrueCommit[] = [];
  const flush = () => {
    if (batch.length === 0) return;
    const stream = batch.map((commit) => writeCommit(story, commit, ids)).join("");
    const tips = batch.map(
      (commit) => `reset refs/story/${markOf(story, commit.name)}\nfrom :${markOf(story, commit.name)}\n`,
    );
    git(["fast-import", "--quiet", "--force", `--export-marks=${marksFile}`], `${stream}${tips.join("")}`);
    const marks = new Map(
      readFileSync(marksFile, "utf8")
        .split("\n")
        .filter(Boolean)
        .map((line) => line.slice(1).split(" ") as [string, string]),
    );
    for (const commit of batch) ids.set(commit.name, marks.get(String(markOf(story, commit.name))) ?? "");
    batch = [];
  };
  for (const commit of story.commits) {
    if (/\{[^}]+\}/.test(commit.message ?? "")) flush();
    batch.push(commit);
  }
  flush();
  const last = story.commits.at(-1)?.name ?? "";
  const refs = [
    ...Object.entries({ main: last, ...story.branches }).map(([branch, name]) => [`refs/heads/${branch}`, name]),
    ...Object.entries(story.tags ?? {}).map(([tag, name]) => [`refs/tags/${tag}`, name]),
    ...(story.requests ?? []).map(({ number, commits }) => [`refs/pull/${number}/head`, commits.at(-1) ?? ""]),
  ];
  for (const [branch, stood] of Object.entries(story.stoodAt ?? {})) {
    const last = refs.find(([ref]) => ref === `refs/heads/${branch}`)?.[1] ?? "";
    for (const [index, name] of [...stood, last].entries()) {
      const noted = { GIT_COMMITTER_NAME: "dan", GIT_COMMITTER_EMAIL: emailOf("dan") };
      const when = { GIT_COMMITTER_DATE: `${start + (21 + index) * 3600} +0000` };
      const update = ["update-ref", "-m", "push", `refs/heads/${branch}`, ids.get(name) ?? ""];
      git(["-c", "core.logAllRefUpdates=always", ...update], "", { ...noted, ...when });
    }
  }
  const create = refs.map(([ref, name = ""]) => `update ${ref} ${ids.get(name)}\n`);
  const remove = story.commits.map(({ name }) => `delete refs/story/${markOf(story, name)}\n`);
  git(["update-ref", "--stdin"], [...create, ...remove].join(""));
  return ids;
}

function markOf({ commits }: TrueHistory, name: string): number {
  return commits.findIndex((commit) => commit.name === name) + 1;
}

function writeCommit(story: TrueHistory, commit: TrueCommit, ids: ReadonlyMap<string, string>): string {
  const mark = markOf(story, commit.name);
  const before = story.commits[mark - 2];
  const [first, ...others] = commit.on ?? (before ? [before.name] : []);
  const who = commit.by ?? "ada";
  const at = `${start + (commit.at ?? mark) * 3600} +0000`;
  const committer =
    commit.committer === "host"
      ? "GitHub <noreply@github.com>"
      : `${commit.committer ?? who} <${emailOf(commit.committer ?? who)}>`;
  const trailers = (commit.coAuthors ?? []).map((name) => `Co-authored-by: ${name} <${emailOf(name)}>\n`);
  const message =
    (commit.message ?? commit.name).replaceAll(/\{([^}]+)\}/g, (_, name: string) => ids.get(name) ?? name) +
    (trailers.length > 0 ? `\n\n${trailers.join("")}` : "\n");
  const parent = (name: string) => ids.get(name) ?? `:${markOf(story, name)}`;
  const files = Object.entries(filesOf(story, commit));
  return [
    `commit refs/story/${mark}\nmark :${mark}\n`,
    `author ${who} <${emailOf(who)}> ${at}\ncommitter ${committer} ${at}\n`,
    `data ${Buffer.byteLength(message)}\n${message}\n`,
    first === undefined ? "" : `from ${parent(first)}\n`,
    ...others.map((name) => `merge ${parent(name)}\n`),
    ...files.map(([path, content]) =>
      content === null ? `D ${path}\n` : `M 100644 inline ${path}\ndata ${Buffer.byteLength(content)}\n${content}\n`,
    ),
    "\n",
  ].join("");
}

function filesOf(story: TrueHistory, commit: TrueCommit): Files {
  const { copies, takesBack, files } = commit;
  const find = (name: string) => story.commits.filter((other) => other.name === name);
  if (copies) return Object.assign({}, ...copies.flatMap(find).map((other) => filesOf(story, other)), files);
  if (takesBack) {
    const paths = takesBack.flatMap(find).flatMap((other) => Object.keys(filesOf(story, other)));
    return { ...Object.fromEntries(paths.map((path) => [path, null])), ...files };
  }
  const others = commit.on?.slice(1) ?? [];
  if (files === undefined && others.length === 0) return { [`${commit.name}.txt`]: `${commit.name}\n` };
  return { ...filesBehind(story, others), ...files };
}

/** What commits and all before them have, in the order of the story. */
function filesBehind(story: TrueHistory, names: readonly string[]): Files {
  const behind = new Set<string>();
  const pending = [...names];
  for (let name = pending.pop(); name !== undefined; name = pending.pop()) {
    if (behind.has(name)) continue;
    behind.add(name);
    const at = markOf(story, name) - 1;
    const before = story.commits[at - 1];
    pending.push(...(story.commits[at]?.on ?? (before ? [before.name] : [])));
  }
  const own = story.commits.filter(({ name }) => behind.has(name)).map((commit) => filesOf(story, commit));
  return Object.assign({}, ...own);
}

async function pullFacts(location: string, releaseBranch: string): Promise<readonly Fact[]> {
  const source: SourceOf<"git"> = { id: "git", kind: "git", repository, location, releaseBranch };
  const { records } = await pullOnce(gitDriver, source, { period });
  return records.flatMap((record) => {
    const read = readEvidence({ ...record, sha256: "e".repeat(64), sourceId: "git", reading: undefined }, source);
    if (read.unread.length > 0) throw new Error(`A record of git was not read: ${JSON.stringify(read.unread)}`);
    return read.facts;
  });
}

function addRequest({ history, idOf }: MadeHistory, story: TrueHistory, request: TrueRequest): void {
  const { number, by = "ada", commits, merge, into = "main" } = request;
  const head = idOf(commits.at(-1) ?? "");
  const at = story.commits.find(({ name }) => name === merge)?.at ?? markOf(story, merge);
  const system = story.host ?? "github";
  for (const reviewer of request.approvedBy ?? []) history.review(number, reviewer, head, { hour: at - 0.5 });
  history.request(number, {
    ...{ head, listed: commits.map(idOf), mergeCommit: idOf(merge), author: loginOf(by) },
    ...{ mergedBy: loginOf(by), targetBranch: into, system, hour: at },
  });
}
