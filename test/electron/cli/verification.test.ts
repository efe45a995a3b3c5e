import { execFileSync, spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { cpSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { root } from "../../../build/install.mjs";
import type { VerificationReport } from "../../../shared/model/verification-report.ts";
import { tickmark, tickmarkJson } from "./command-line.ts";
import { makeDemoBundle, passphrase } from "./demo-bundle.ts";

const folder = mkdtempSync(join(tmpdir(), "tickmark-verify-"));
const at = (name: string) => join(folder, name);

beforeAll(() => makeDemoBundle(folder));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const verify = async (zip: string, ...more: string[]) => {
  const ran = await tickmark("verify", zip, ...more, "--json");
  return { status: ran.status, report: JSON.parse(ran.out) as VerificationReport };
};
const outcomes = (report: VerificationReport) =>
  Object.fromEntries(report.checks.map(({ id, outcome }) => [id, outcome]));

describe("a bundle with the evidence of the sampled items", () => {
  it("re-performs draw, facts, results and counts from that evidence alone", async () => {
    const { status, report } = await verify(at("bundle.zip"), "--report", at("bundle.pdf"));
    expect(status).toBe(0);
    expect(report.verdict).toBe("verified-signer-unknown");
    expect(outcomes(report)).toMatchObject({
      draw: "passed",
      facts: "passed",
      results: "passed",
      conclusions: "passed",
      evidence: "passed",
      "git-objects": "passed",
      "activity-log": "passed",
      reconciliation: "not-possible",
      completeness: "not-possible",
      trust: "not-possible",
    });
  });

  it("is verified when the signer is on the recipient's own list", async () => {
    const { report } = await verify(at("bundle.zip"));
    const signer = {
      name: "Known",
      fingerprint: report.signer?.fingerprint,
      addedAt: "2026-01-01T00:00:00.000Z",
      note: "",
    };
    writeFileSync(at("trust.json"), JSON.stringify({ signers: [signer] }));
    expect((await verify(at("bundle.zip"), "--trust", at("trust.json"))).report.verdict).toBe("verified");
  });

  it("holds less evidence than was pulled, but all commits of the release line", async () => {
    const { evidence } = (await tickmarkJson<{ counts: { evidence: number } }>("show", at("demo.tickmark"))).counts;
    const index = execFileSync("unzip", ["-p", at("bundle.zip"), "evidence/index.jsonl"])
      .toString()
      .trim()
      .split("\n");
    expect(index.length).toBeLessThan(evidence / 2);
  });

  it("comes out of the same engagement byte for byte, apart from signatures", async () => {
    const list = (zip: string) => {
      const manifest = JSON.parse(execFileSync("unzip", ["-p", zip, "manifest.json"]).toString());
      const signed = ["report", "activity-log", "attestation"];
      return manifest.files.filter(({ role }: { role: string }) => !signed.includes(role));
    };
    cpSync(at("demo.tickmark"), at("copy.tickmark"));
    const identity = ["--identity", at("signer.p12"), ...passphrase];
    await tickmarkJson("export", at("copy.tickmark"), at("one.zip"), ...identity);
    cpSync(at("demo.tickmark"), at("copy2.tickmark"));
    await tickmarkJson("export", at("copy2.tickmark"), at("two.zip"), ...identity);
    expect(list(at("two.zip"))).toEqual(list(at("one.zip")));
    const statements = (zip: string) =>
      execFileSync("unzip", ["-p", zip, "attestations/audit.intoto.jsonl"])
        .toString()
        .trim()
        .split("\n")
        .map((line) => JSON.parse(Buffer.from(JSON.parse(line).payload, "base64").toString()));
    // The report among the subjects is a signed one.
    const withoutReport = (zip: string) => {
      const [audit, ...others] = statements(zip);
      return [audit.subject.filter(({ name }: { name: string }) => !/^report|^activity/.test(name)), ...others];
    };
    expect(withoutReport(at("two.zip"))).toEqual(withoutReport(at("one.zip")));
  });

  it("can be read as an edition for outsiders, in which nobody is named who was ever met", async () => {
    cpSync(at("demo.tickmark"), at("copy3.tickmark"));
    writeFileSync(at("rules.yaml"), "texts: { product: [ledger] }\n");
    const identity = ["--identity", at("signer.p12"), ...passphrase];
    await tickmarkJson("export", at("copy3.tickmark"), at("outsiders.zip"), ...identity, "--redact", at("rules.yaml"));
    const { report } = await verify(at("outsiders.zip"));
    expect(report.checks.filter(({ outcome }) => outcome === "failed")).toEqual([]);
    expect(outcomes(report)).toMatchObject({ results: "passed", conclusions: "passed", documents: "passed" });
    const people = JSON.parse(execFileSync("unzip", ["-p", at("bundle.zip"), "people.json"]).toString());
    const names = people.persons.filter(({ bot }: { bot: boolean }) => !bot).map(({ name }: { name: string }) => name);
    expect(names.length).toBeGreaterThan(8);
    execFileSync("unzip", ["-q", at("outsiders.zip"), "-d", at("outsiders")]);
    writeFileSync(at("names.txt"), `${[...names, "ledger"].join("\n")}\n`);
    const found = spawnSync("grep", ["-rliF", "-f", at("names.txt"), at("outsiders")], { encoding: "utf8" });
    expect([found.status, found.stdout]).toEqual([1, ""]);
  });

  it("is verified by a process that can open no store, write no file, start no program and reach no network", () => {
    const guard = at("guard.mjs");
    writeFileSync(
      guard,
      `import net from "node:net"; import dns from "node:dns"; import { registerHooks } from "node:module";
       const refuse = (what) => () => { throw new Error("not allowed: " + what); };
       net.Socket.prototype.connect = refuse("network"); dns.lookup = refuse("name lookup");
       registerHooks({ load(url, context, next) {
         if (/better-sqlite3|electron\\/(store|sources|engine\\/steps|export\\/(?!report|viewer|unused-memory))/.test(url)) throw new Error("not allowed: " + url);
         return next(url, context);
       } });`,
    );
    const ran = spawnSync(
      process.execPath,
      [
        "--permission",
        "--allow-fs-read=*",
        "--import",
        guard,
        join(root, "electron/cli/index.ts"),
        "verify",
        at("bundle.zip"),
        "--json",
      ],
      { encoding: "utf8" },
    );
    expect([ran.status, ran.stderr]).toEqual([0, expect.not.stringContaining("not allowed")]);
    expect((JSON.parse(ran.stdout) as VerificationReport).verdict).toBe("verified-signer-unknown");
  });

  it("stops at Ctrl-C, says that it found nothing, and leaves no file behind", async () => {
    const temporary = at("temporary");
    mkdirSync(temporary);
    const before = readdirSync(folder);
    const running = spawn(
      process.execPath,
      [join(root, "electron/cli/index.ts"), "verify", at("bundle.zip"), "--json"],
      {
        env: { ...process.env, TMPDIR: temporary },
      },
    );
    const said = { out: "", err: "" };
    running.stdout.on("data", (piece: Buffer) => {
      said.out += piece.toString();
    });
    running.stderr.on("data", (piece: Buffer) => {
      if (said.err === "") running.kill("SIGINT");
      said.err += piece.toString();
    });
    const [status] = await once(running, "close");
    expect([status, JSON.parse(said.out).fault]).toMatchObject([3, { code: "cancelled" }]);
    expect(said.err).toMatch(/^Reading the file, bytes: /);
    expect(readdirSync(temporary)).toEqual([]);
    expect(readdirSync(folder)).toEqual(before);
  });

  it("fails with status 1 and both values when one byte of its content is changed", async () => {
    const bytes = readFileSync(at("bundle.zip"));
    const place = bytes.indexOf("population/freezes.json") + 60;
    bytes[place] = (bytes[place] ?? 0) ^ 1;
    writeFileSync(at("changed.zip"), bytes);
    const ran = await tickmark("verify", at("changed.zip"), "--json");
    expect([1, 3]).toContain(ran.status);
    expect(ran.out).not.toContain('"verified');
  });

  it("says what to do about a file that is no bundle, or is cut short, or is not there", async () => {
    writeFileSync(at("text.zip"), "no archive");
    writeFileSync(at("cut.zip"), readFileSync(at("bundle.zip")).subarray(0, 50_000));
    for (const [name, code] of [
      ["text.zip", "bundle-not-an-archive"],
      ["cut.zip", "bundle-truncated"],
      ["none.zip", "bundle-missing"],
    ] as const) {
      const ran = await tickmark("verify", at(name), "--json");
      expect([ran.status, JSON.parse(ran.out).fault.code]).toEqual([3, code]);
    }
  });
});
