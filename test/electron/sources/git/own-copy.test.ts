import { execFileSync } from "node:child_process";
import { existsSync, mkdirSync, readdirSync, symlinkSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { expect, it } from "vitest";
import { gitDriver } from "../../../../electron/sources/git/git-driver.ts";
import { resolvePeriod } from "../../../../shared/model/period.ts";
import { createPullDouble, evidenceOf, pullOnce, recordsOf, temporaryFolder } from "../pull-double.ts";
import { gitSource, makeYear } from "./repository-under-test.ts";

const year = resolvePeriod("2025-01-01", "2025-12-31", "UTC");

function made() {
  const folder = temporaryFolder();
  return { folder, work: join(folder, "work"), ...makeYear(join(folder, "shop")) };
}

it("a bundle and a tar archive give the same evidence as the repository that they were made of", async () => {
  const { folder, work, path, git } = made();
  git("bundle", "create", "--quiet", join(folder, "shop.bundle"), "--all");
  git("clone", "--quiet", "--mirror", path, join(folder, "shop.git"));
  execFileSync("tar", ["-cf", join(folder, "shop.tar"), "-C", folder, "shop.git"]);
  const whole = evidenceOf(await pullOnce(gitDriver, gitSource(path), { period: year }));
  for (const location of ["shop.bundle", "shop.tar"]) {
    const settings = { period: year, workFolder: work, baseFolder: folder };
    const pull = await pullOnce(gitDriver, gitSource(location), settings);
    expect(evidenceOf(pull), location).toEqual(whole);
    expect(pull.outcome.endpoint).toContain(location);
    expect(pull.outcome.notes.join()).toMatch(/has the SHA-256 [0-9a-f]{64}/);
    expect(evidenceOf(await pullOnce(gitDriver, gitSource(location), settings))).toEqual(whole);
  }
});

it("a bundle that was replaced is read anew", async () => {
  const { folder, work, git, commit } = made();
  const settings = { period: year, workFolder: work, baseFolder: folder };
  git("bundle", "create", "--quiet", join(folder, "shop.bundle"), "--all");
  const first = await pullOnce(gitDriver, gitSource("shop.bundle"), settings);
  commit("2025-06-01", "Newer");
  git("bundle", "create", "--quiet", join(folder, "shop.bundle"), "--all");
  const second = await pullOnce(gitDriver, gitSource("shop.bundle"), settings);
  expect(second.outcome.counts.commits).toBe((first.outcome.counts.commits ?? 0) + 1);
});

it("a bundle that builds on commits which it does not carry is refused with how to make a whole one", async () => {
  const { folder, work, git } = made();
  git("bundle", "create", "--quiet", join(folder, "part.bundle"), "main~1..main");
  const pull = pullOnce(gitDriver, gitSource("part.bundle"), { workFolder: work, baseFolder: folder });
  await expect(pull).rejects.toMatchObject({
    code: "git-clone-failed",
    action: expect.stringContaining("git bundle create"),
  });
  expect(readdirSync(work)).toEqual([]);
});

it("an archive with a link, a way out of it, or two repositories is refused, and nothing is written outside", async () => {
  const { folder, work, path } = made();
  mkdirSync(join(folder, "bad"));
  symlinkSync("/etc", join(folder, "bad/HEAD"));
  execFileSync("tar", ["-cf", join(folder, "link.tar"), "-C", folder, "bad"]);
  writeFileSync(join(folder, "outside"), "x");
  execFileSync("tar", ["-cPf", join(folder, "way-out.tar"), "-C", path, "../outside"]);
  execFileSync("tar", ["-cf", join(folder, "two.tar"), "--transform=s,^,one/,", "-C", path, ".git"]);
  execFileSync("tar", ["-rf", join(folder, "two.tar"), "--transform=s,^,two/,", "-C", path, ".git"]);
  writeFileSync(join(folder, "cut.tar"), execFileSync("tar", ["-c", "-C", path, ".git"]).subarray(0, 5000));
  writeFileSync(join(folder, "not.tar"), Buffer.alloc(4096, 7));
  const reasons = {
    "link.tar": "is a link or a device",
    "way-out.tar": "is not a name inside of it",
    "two.tar": "holds more than one",
    "cut.tar": "in the middle of an entry",
    "not.tar": "checksum is wrong",
  };
  for (const [location, reason] of Object.entries(reasons)) {
    const pull = pullOnce(gitDriver, gitSource(location), { workFolder: work, baseFolder: folder });
    await expect(pull, location).rejects.toMatchObject({ message: expect.stringContaining(reason) });
  }
  expect(readdirSync(work)).toEqual([]);
});

it("hooks and ways to other object stores stay behind when an archive is unpacked; long names do not", async () => {
  const { folder, work, path, git } = made();
  const long = `refs/heads/${"long-name/".repeat(20)}end`;
  git("update-ref", long, "main");
  mkdirSync(join(path, ".git/objects/info"), { recursive: true });
  writeFileSync(join(path, ".git/objects/info/alternates"), "/somewhere/else/objects\n");
  writeFileSync(join(path, ".git/hooks/post-checkout"), "#!/bin/sh\n", { mode: 0o700 });
  for (const format of ["gnu", "pax", "ustar"]) {
    const location = `${format}.tar`;
    execFileSync("tar", ["-c", `--format=${format}`, "-f", join(folder, location), "-C", path, ".git"]);
    const pull = await pullOnce(gitDriver, gitSource(location), { period: year, workFolder: work, baseFolder: folder });
    expect(Buffer.from(recordsOf(pull, "git.refs")[0]?.bytes ?? []).toString(), format).toContain(long);
  }
  for (const name of readdirSync(work).filter((one) => one.endsWith(".git"))) {
    expect(existsSync(join(work, name, "hooks"))).toBe(false);
    expect(existsSync(join(work, name, "objects/info/alternates"))).toBe(false);
  }
});

it("an address is mirrored with every ref, and fetched again at the next pull", async () => {
  const { folder, work, path, git, commit } = made();
  const settings = { period: year, workFolder: work };
  const source = gitSource(`file://${path}`);
  const first = await pullOnce(gitDriver, source, settings);
  expect(evidenceOf(first)).toEqual(evidenceOf(await pullOnce(gitDriver, gitSource(path), { period: year })));
  const newer = commit("2025-06-01", "Newer");
  git("update-ref", "-d", "refs/pull/1/head");
  const second = await pullOnce(gitDriver, source, settings);
  expect(second.outcome.endpoint).toContain(newer);
  expect(Buffer.from(recordsOf(second, "git.refs")[0]?.bytes ?? []).toString()).not.toContain("refs/pull/1/head");
  expect(dirname(work)).toBe(folder);
});

it("testing an address asks for its refs and copies nothing", async () => {
  const { work, path, git } = made();
  const { context } = createPullDouble({ workFolder: work });
  const test = await gitDriver.test(gitSource(`file://${path}`), context);
  expect(test.notes[0]).toBe(`Branch refs/heads/main is at ${git("rev-parse", "main")}.`);
  expect(existsSync(work)).toBe(false);
  await expect(gitDriver.test(gitSource(`file://${path}`, "absent"), context)).rejects.toMatchObject({
    code: "git-unknown-branch",
  });
});

it("an address that leads nowhere is a failed clone and leaves nothing half made", async () => {
  const { folder, work } = made();
  for (const url of [`file://${folder}/gone.git`, "http://127.0.0.1:1/shop.git"]) {
    const pull = pullOnce(gitDriver, gitSource(url), { workFolder: work });
    await expect(pull).rejects.toMatchObject({ code: "git-clone-failed", message: expect.stringContaining(url) });
  }
  expect(readdirSync(work)).toEqual([]);
});

it("an address with a secret in it, or of a kind that runs programs, is refused before git sees it", async () => {
  for (const url of [
    "https://ada:s3cret@example.org/shop.git",
    "https://s3cret@example.org/shop.git",
    "https://example.org/shop.git?access_token=s3cret",
    "ssh://git:s3cret@example.org/shop.git",
    "ext::sh -c 's3cret'",
    "ftp://example.org/s3cret.git",
  ]) {
    const asked = pullOnce(gitDriver, gitSource(url)).catch((error: unknown) => error);
    const fault = (await asked) as { code: string; message: string; action: string };
    expect(fault.code, url).toBe("source-invalid");
    expect(fault.message + fault.action).not.toContain("s3cret");
  }
});
