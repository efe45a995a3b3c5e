import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeEach, describe, expect, it } from "vitest";
import { tickmark } from "./command-line.ts";

const folder = mkdtempSync(join(tmpdir(), "tickmark-bad-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));
let number = 0;
let file: string;
beforeEach(() => {
  number += 1;
  file = join(folder, `engagement-${number}.tickmark`);
});

const details = (from = "2026-01-01", to = "2026-03-31", zone = "UTC") => [
  ...["--name", "N", "--entity", "E", "--auditor", "A", "--from", from, "--to", to, "--time-zone", zone],
];

/** Status, code and texts of a command that must fail. */
async function failing(...args: string[]) {
  const ran = await tickmark(...args, "--json");
  const { fault } = JSON.parse(ran.out) as { fault: { code: string; message: string; action: string } };
  expect(fault.message).toMatch(/^[^\n]+[.!?]$/);
  expect(fault.action).toMatch(/^[^\n]+\.$/);
  return { status: ran.status, ...fault };
}

function write(name: string, content: string): string {
  const path = join(folder, name);
  writeFileSync(path, content);
  return path;
}

describe("bad input", () => {
  it("of a period that ends before it starts, or of days that are not in the calendar", async () => {
    expect(await failing("new", file, ...details("2026-04-01", "2026-03-31"))).toMatchObject({
      status: 2,
      code: "period-invalid",
    });
    expect(await failing("new", file, ...details("2026-02-30", "2026-03-31"))).toMatchObject({
      status: 2,
      code: "period-invalid",
    });
  });

  it("of a time zone that nobody knows", async () => {
    expect(await failing("new", file, ...details("2026-01-01", "2026-03-31", "Mars/Base"))).toMatchObject({
      status: 2,
      code: "time-zone-unknown",
    });
  });

  it("of an engagement that is there already, that is not there, or that is no engagement", async () => {
    expect((await tickmark("new", file, ...details())).status).toBe(0);
    expect(await failing("new", file, ...details())).toMatchObject({ status: 3, code: "engagement-exists" });
    expect(await failing("show", join(folder, "none.tickmark"))).toMatchObject({
      status: 3,
      code: "engagement-missing",
    });
    expect(await failing("show", write("text.tickmark", "no database"))).toMatchObject({
      status: 3,
      code: "engagement-corrupt",
    });
  });

  it("of stages that are asked for before their turn", async () => {
    await tickmark("new", file, ...details());
    expect(await failing("population", file)).toMatchObject({ status: 2, code: "stage-order" });
    expect(await failing("sample", "draw", file, "--size", "5", "--rationale", "R")).toMatchObject({
      status: 2,
      code: "stage-order",
    });
    expect(await failing("evaluate", file)).toMatchObject({ status: 2, code: "stage-order" });
  });

  it("of a source whose description is wrong, naming the field", async () => {
    await tickmark("new", file, ...details());
    const missing = await failing("source", "add", file, write("s.yaml", "id: git\nkind: git\nrepository: r\n"));
    expect(missing).toMatchObject({ status: 2, code: "source-invalid", message: expect.stringContaining("location") });
    const unknown = await failing("source", "add", file, write("k.yaml", "id: x\nkind: svn\n"));
    expect(unknown).toMatchObject({ status: 2, code: "source-invalid" });
    expect(await failing("source", "test", file, "nobody")).toMatchObject({ code: "source-unknown" });
  });

  it("of a path that is no repository, and of a branch that is not there", async () => {
    await tickmark("new", file, ...details());
    const source = write("git.yaml", `id: git\nkind: git\nrepository: r\nlocation: ${folder}\nreleaseBranch: main\n`);
    await tickmark("source", "add", file, source);
    expect(await failing("pull", file)).toMatchObject({ status: 3, code: "git-not-a-repository" });
  });

  it("of a token that is not where the source says", async () => {
    await tickmark("new", file, ...details());
    const source = write(
      "github.yaml",
      "id: gh\nkind: github\nrepository: r\nproject: o/n\napiUrl: http://127.0.0.1:1\nreleaseBranch: main\ntoken: {in: environment, name: TICKMARK_NO_SUCH_TOKEN}\n",
    );
    await tickmark("source", "add", file, source);
    expect(await failing("pull", file)).toMatchObject({
      status: 3,
      code: "secret-missing",
      message: expect.stringContaining("TICKMARK_NO_SUCH_TOKEN"),
    });
  });

  it("of a plan: missing, no YAML, with an unknown field or a field left out", async () => {
    expect(await failing("run", join(folder, "none.yaml"))).toMatchObject({ status: 3, code: "file-missing" });
    expect(await failing("run", write("p1.yaml", "a: [b"))).toMatchObject({ status: 2, code: "plan-invalid" });
    expect(await failing("run", write("p2.yaml", "engagement: {}\nnope: 1\n"))).toMatchObject({
      status: 2,
      code: "plan-invalid",
      message: expect.stringContaining("nope"),
    });
  });

  it("of the command line itself, also as JSON", async () => {
    expect(await failing("nonsense")).toMatchObject({ status: 2, code: "usage" });
    expect(await failing("new", file)).toMatchObject({ status: 2, code: "usage" });
    expect(await failing("sample", "draw", file, "--rationale", "R")).toMatchObject({ status: 2, code: "usage" });
    const plain = await tickmark("nonsense");
    expect([plain.status, plain.err]).toEqual([2, expect.stringContaining("--help")]);
  });

  it("of an export whose passphrase was not given, or does not open the identity", async () => {
    await tickmark("new", file, ...details());
    expect(await failing("export", file, join(folder, "x.zip"), "--identity", "x.p12")).toMatchObject({
      status: 2,
      code: "usage",
    });
    process.env.TICKMARK_TEST_PASSPHRASE = "right";
    const p12 = join(folder, `${number}.p12`);
    const names = ["--name", "S", "--organisation", "T", "--passphrase-env", "TICKMARK_TEST_PASSPHRASE"];
    expect((await tickmark("identity", "create", p12, ...names)).status).toBe(0);
    expect(await failing("identity", "create", p12, ...names)).toMatchObject({ status: 3, code: "file-unwritable" });
    process.env.TICKMARK_TEST_PASSPHRASE = "wrong";
    expect(await failing("identity", "show", p12, "--passphrase-env", "TICKMARK_TEST_PASSPHRASE")).toMatchObject({
      status: 3,
      code: "passphrase-wrong",
    });
  });

  it("prints help that shows the way through and the exit statuses", async () => {
    const help = await tickmark("--help");
    expect(help.status).toBe(0);
    expect(help.out).toContain("tickmark verify q1.zip");
    expect(help.out).toContain("Exit status: 0 done, 1 findings");
  });
});
