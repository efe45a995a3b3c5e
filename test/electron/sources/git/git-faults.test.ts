import {
  chmodSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  truncateSync,
  writeFileSync,
} from "node:fs";
import { join } from "node:path";
import { expect, it, vi } from "vitest";
import { gitDriver } from "../../../../electron/sources/git/git-driver.ts";
import { TickmarkError } from "../../../../shared/errors.ts";
import { createPullDouble, pullOnce, temporaryFolder } from "../pull-double.ts";
import { createRepository, gitIn, gitSource, makeYear } from "./repository-under-test.ts";

async function faultOf(asked: Promise<unknown>): Promise<TickmarkError> {
  const thrown = await asked.then(
    () => new Error("nothing was thrown"),
    (error: unknown) => error,
  );
  expect(thrown).toBeInstanceOf(TickmarkError);
  return thrown as TickmarkError;
}

const pull = (location: string, branch = "main"): Promise<unknown> => pullOnce(gitDriver, gitSource(location, branch));

it("a folder that is no repository is named, also when it lies inside of one", async () => {
  const { path } = createRepository(join(temporaryFolder(), "shop"));
  mkdirSync(join(path, "docs"));
  for (const location of [join(path, "docs"), temporaryFolder()]) {
    const fault = await faultOf(pull(location));
    expect(fault).toMatchObject({ code: "git-not-a-repository", message: expect.stringContaining(location) });
  }
});

it("nothing at the path, and a file of another kind, are no repositories", async () => {
  const folder = temporaryFolder();
  writeFileSync(join(folder, "notes.txt"), "hello");
  expect((await faultOf(pull(join(folder, "absent")))).code).toBe("git-not-a-repository");
  expect((await faultOf(pull(join(folder, "notes.txt")))).message).toContain("neither a bundle nor a tar archive");
  expect((await faultOf(pull(join(folder, "absent.bundle")))).code).toBe("file-missing");
});

it("an unknown branch is answered with the branches that exist", async () => {
  const { path } = makeYear(join(temporaryFolder(), "shop"));
  const fault = await faultOf(pull(path, "mian"));
  expect(fault).toMatchObject({
    code: "git-unknown-branch",
    message: expect.stringContaining("It has main, one, three, two."),
  });
  const test = await faultOf(gitDriver.test(gitSource(path, "--upload-pack=touch"), createPullDouble().context));
  expect(test.code).toBe("git-unknown-branch");
});

it("an empty repository has no branch to read", async () => {
  const { path } = createRepository(join(temporaryFolder(), "shop"));
  const fault = await faultOf(pull(path));
  expect(fault).toMatchObject({ code: "git-unknown-branch", message: expect.stringContaining("no branch at all") });
});

it("a shallow clone that is cut inside the period's changes is refused, with the commit and how to fetch the rest", async () => {
  const folder = temporaryFolder();
  const { path, git } = makeYear(join(folder, "shop"));
  git("clone", "--quiet", "--bare", "--depth", "2", `file://${path}`, join(folder, "cut.git"));
  const fault = await faultOf(pull(join(folder, "cut.git")));
  expect(fault).toMatchObject({ code: "git-shallow", action: expect.stringContaining("git fetch --unshallow") });
  expect(fault.message).toContain(readFileSync(join(folder, "cut.git/shallow"), "utf8").trim());
});

it("a request whose own commits are cut off is refused as well, though the release branch is whole", async () => {
  const folder = temporaryFolder();
  const { path, git, commit, merge } = createRepository(join(folder, "shop"));
  commit("2024-01-01", "Start", { a: "1" });
  git("switch", "--quiet", "-c", "work");
  for (const step of ["1", "2", "3"]) commit(`2025-02-0${step}`, `Step ${step}`, { b: step });
  git("switch", "--quiet", "main");
  commit("2024-12-01", "Before", { c: "1" });
  merge("2025-02-04", "work");
  git("clone", "--quiet", "--bare", "--depth", "3", `file://${path}`, join(folder, "cut.git"));
  const fault = await faultOf(pull(join(folder, "cut.git")));
  expect(fault).toMatchObject({ code: "git-shallow", message: expect.stringContaining(git("rev-parse", "work~1")) });
});

it("a missing commit and a missing tree are named", async () => {
  for (const what of ["main~1", "main~1^{tree}"]) {
    const { path, git } = makeYear(join(temporaryFolder(), "shop"));
    const id = git("rev-parse", what);
    rmSync(join(path, ".git/objects", id.slice(0, 2), id.slice(2)));
    const fault = await faultOf(pull(path));
    expect(fault).toMatchObject({ code: "git-corrupt", message: expect.stringContaining(id) });
  }
});

it("a damaged object is named", async () => {
  const { path, git } = makeYear(join(temporaryFolder(), "shop"));
  const id = git("rev-parse", "one~1");
  const file = join(path, ".git/objects", id.slice(0, 2), id.slice(2));
  chmodSync(file, 0o600);
  truncateSync(file, 20);
  const fault = await faultOf(pull(path));
  expect(fault).toMatchObject({ code: "git-corrupt", message: expect.stringContaining(id) });
});

it("a commit whose content was changed on disk is found by computing its id again", async () => {
  const { path, git, writeCommit } = makeYear(join(temporaryFolder(), "shop"));
  const id = git("rev-parse", "one~1");
  const forged = writeCommit(`${git("cat-file", "commit", id).replace("Ada Author", "Eve Editor")}\n`);
  const fileOf = (object: string): string => join(path, ".git/objects", object.slice(0, 2), object.slice(2));
  chmodSync(fileOf(id), 0o600);
  writeFileSync(fileOf(id), readFileSync(fileOf(forged)));
  const fault = await faultOf(pull(path));
  expect(fault).toMatchObject({ code: "git-corrupt", message: expect.stringContaining(id) });
});

it("a pack that was cut short is damage, not an empty history", async () => {
  const { path, git } = makeYear(join(temporaryFolder(), "shop"));
  git("gc", "--quiet", "--prune=now");
  const folder = join(path, ".git/objects/pack");
  const pack = join(folder, readdirSync(folder).find((name) => name.endsWith(".pack")) ?? "");
  chmodSync(pack, 0o600);
  truncateSync(pack, Math.floor(statSync(pack).size / 2));
  expect((await faultOf(pull(path))).code).toBe("git-corrupt");
});

it("without git, and with one that is too old, the fault says which one to install", async () => {
  const { path } = makeYear(join(temporaryFolder(), "shop"));
  const folder = temporaryFolder();
  vi.stubEnv("PATH", folder);
  expect(await faultOf(pull(path))).toMatchObject({ code: "git-missing", action: expect.stringContaining("git 2.31") });
  writeFileSync(join(folder, "git"), "#!/bin/sh\necho git version 2.25.1\n", { mode: 0o700 });
  expect(await faultOf(pull(path))).toMatchObject({ code: "git-missing", message: expect.stringContaining("2.25.1") });
});

it("stopping a pull is told apart from a failure", async () => {
  const { path } = makeYear(join(temporaryFolder(), "shop"));
  const controller = new AbortController();
  const double = createPullDouble({ signal: controller.signal });
  const save = double.context.save;
  double.context.save = async (step) => {
    await save(step);
    controller.abort();
  };
  expect((await faultOf(gitDriver.pull(gitSource(path), double.context))).code).toBe("cancelled");
});

it("a hostile repository's configuration runs nothing and a pull writes nothing into it", async () => {
  const folder = temporaryFolder();
  const { path, git, writeCommit } = makeYear(join(folder, "shop"));
  const signed = git("cat-file", "commit", "main").replace(
    /\n\n/,
    "\ngpgsig -----BEGIN PGP SIGNATURE-----\n x\n -----END PGP SIGNATURE-----\n\n",
  );
  git("update-ref", "refs/heads/main", writeCommit(`${signed}\n`));
  const script = join(folder, "run-me");
  writeFileSync(script, `#!/bin/sh\ntouch ${folder}/it-ran\n`, { mode: 0o700 });
  writeFileSync(join(path, ".git/hooks/post-checkout"), readFileSync(script), { mode: 0o700 });
  for (const [key, value] of [
    ["core.fsmonitor", script],
    ["core.pager", script],
    ["core.sshCommand", script],
    ["core.editor", script],
    ["core.alternateRefsCommand", script],
    ["diff.external", script],
    ["gpg.program", script],
    ["log.showSignature", "true"],
    ["alias.rev-list", `!${script}`],
    ["alias.cat-file", `!${script}`],
    ["protocol.ext.allow", "always"],
    ["remote.origin.url", `ext::${script}`],
    ["remote.origin.promisor", "true"],
    ["remote.origin.uploadpack", script],
    ["extensions.partialClone", "origin"],
    ["core.repositoryFormatVersion", "1"],
    ["uploadpack.packObjectsHook", script],
    ["diff.ignoreSubmodules", "all"],
    ["diff.orderFile", script],
    ["credential.helper", `!${script}`],
  ] as const) {
    git("config", key, value);
  }
  const blob = git("rev-parse", "main:README.md");
  rmSync(join(path, ".git/objects", blob.slice(0, 2), blob.slice(2)));
  const before = snapshot(path);
  await pullOnce(gitDriver, gitSource(path));
  await gitDriver.test(gitSource(path), createPullDouble().context);
  expect(existsSync(join(folder, "it-ran"))).toBe(false);
  expect(snapshot(path)).toEqual(before);
});

it("a changed submodule is among the changed paths whatever the repository's configuration hides", async () => {
  const { path, git, commit } = createRepository(join(temporaryFolder(), "shop"));
  const one = commit("2025-01-01", "Start", { a: "1" });
  git("update-index", "--add", "--cacheinfo", `160000,${one},vendor/library`);
  gitIn(path, ["commit", "--quiet", "-m", "Add library"], { day: "2025-02-01" });
  git("config", "diff.ignoreSubmodules", "all");
  const { records } = await pullOnce(gitDriver, gitSource(path));
  const paths = records
    .filter(({ format }) => format === "git.changed-paths")
    .map(({ bytes }) => Buffer.from(bytes).toString());
  expect(paths.join()).toContain("vendor/library");
});

it.runIf(process.getuid?.() === 0)("a repository of another owner is read", async () => {
  const { path } = makeYear(join(temporaryFolder(), "shop"));
  gitIn("/", ["-c", "safe.directory=*", "--version"]);
  const { execFileSync } = await import("node:child_process");
  execFileSync("chown", ["-R", "65534", path]);
  const { outcome } = await pullOnce(gitDriver, gitSource(path));
  expect(outcome.counts.commits).toBeGreaterThan(0);
});

/** Every file of a folder with its content's length and time of change. */
function snapshot(folder: string): string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .map((entry) => join(entry.parentPath, entry.name))
    .map((file) => `${file} ${statSync(file).size} ${statSync(file).mtimeMs}`)
    .sort();
}
