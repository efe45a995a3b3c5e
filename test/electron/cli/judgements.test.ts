import { execFileSync } from "node:child_process";
import { hash } from "node:crypto";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { parseManifest } from "../../../shared/bundle/manifest-reading.ts";
import type { Activity } from "../../../shared/model/activity.ts";
import { sealActivity } from "../../../shared/model/activity-chain.ts";
import { encodeCanonical } from "../../../shared/model/canonical-json.ts";
import type { Conclusion } from "../../../shared/model/conclusion.ts";
import type { ExceptionView, JudgementView, NoteView } from "../../../shared/model/judgement-view.ts";
import type { ScopeSignOffs, SignOff } from "../../../shared/model/sign-off.ts";
import type { Check, VerificationReport } from "../../../shared/model/verification-report.ts";
import type { DrawView } from "../../../shared/model/view.ts";
import { reperform } from "../../../shared/verification/reperformance.ts";
import { run } from "../export/real-tools.ts";
import { tickmark, tickmarkJson } from "./command-line.ts";
import { passphrase } from "./demo-bundle.ts";
import { makeSmallEngagement } from "./small-engagement.ts";

const folder = mkdtempSync(join(tmpdir(), "tickmark-judgements-"));
const file = join(folder, "small.tickmark");
const zip = join(folder, "judged.zip");
const digest = (content: Uint8Array | string) => hash("sha256", content, "hex");
const commitIdOf = (content: Uint8Array) =>
  hash("sha1", Buffer.concat([Buffer.from(`commit ${content.length}\0`), content]), "hex");

afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** Nobody pulled reviews: the evidence is missing for change 3, and the control does not apply to the others. */
const furtherControls = `  - id: REV-01
    title: Change 3 was approved
    objective: Somebody approved it.
    risk: Nobody did.
    idea: A control whose evidence is missing.
    frameworks: {}
    population: change
    assertions:
      - id: approved
        needs: [commits]
        appliesWhen: "change.title != 'Change 5'"
        noEvidenceWhen: [{when: "change.title == 'Change 3'", say: No approval was pulled.}]
        pass: "true"
        passes: Approved.
        fails: Not approved.
`;

const mallory = ["--by", "Mallory Reed"];
const items: Record<string, string> = {};

function judge(title: string, ...options: string[]): Promise<JudgementView> {
  const control = title === "Change 3" ? ["REV-01", "approved"] : ["ODD-01", "is-another"];
  const [id = "", assertion = ""] = control;
  const key = ["--control", id, "--assertion", assertion, "--item", items[title] ?? ""];
  return tickmarkJson<JudgementView>("judge", file, ...key, ...options);
}

async function refused(...args: string[]): Promise<string> {
  const { status, out, err } = await tickmark(...args);
  expect(status, out + err).toBe(2);
  return out + err;
}

async function conclusionOn(control: string): Promise<Conclusion> {
  const found = (await tickmarkJson<Conclusion[]>("evaluate", file)).find((each) => each.control === control);
  if (!found) throw new Error(`no conclusion on ${control}`);
  return found;
}

const signOffsOf = async (control: string): Promise<ScopeSignOffs> => {
  const all = await tickmarkJson<ScopeSignOffs[]>("signoff", file);
  const found = all.find(({ scope }) => (scope.kind === "control" ? scope.control : "engagement") === control);
  if (!found) throw new Error(`no sign-offs of ${control}`);
  return found;
};

// Processes are slow to start where many run.
beforeAll(async () => {
  await makeSmallEngagement(folder, furtherControls);
  const plan = ["--confidence", "0.9", "--tolerable", "0.05", "--seed", "s", "--size", "36"];
  const { draw } = await tickmarkJson<DrawView>("sample", "draw", file, "--rationale", "Nearly all.", ...plan);
  await tickmarkJson("evaluate", file);
  const titles = execFileSync("git", ["-C", join(folder, "ledger.git"), "log", "--format=%H %s"]).toString();
  for (const line of titles.trim().split("\n")) {
    items[line.slice(41)] = draw.items.find((id) => id.endsWith(line.slice(0, 40))) ?? "";
  }
  await tickmarkJson("sample", "draw", file, "--population", "deployment", "--everything", "--rationale", "Few.");
  await tickmarkJson("evaluate", file);
}, 300_000);

describe("an audit that people judge", () => {
  it("disposes of missing evidence by what was done instead, and shows both numbers", async () => {
    const bare = ["--as", "pass", "--reason", "It was approved on paper."];
    expect(
      await refused(
        "judge",
        file,
        ...["--control", "REV-01", "--assertion", "approved"],
        ...["--item", items["Change 3"] ?? ""],
        ...bare,
      ),
    ).toMatch(/cannot count as pass by a reason alone.*\(judgement-refused\)/s);
    const before = await conclusionOn("REV-01");
    expect(before).toMatchObject({ deviations: 1, noEvidence: 1, disposed: 0, asTested: { deviations: 1 } });
    const view = await judge(
      "Change 3",
      ...bare,
      "--done",
      "The signed form was read.",
      "--seen",
      "R. Tanaka approved it.",
    );
    expect(view).toMatchObject({ ref: "J.1", effect: "disposed", standing: "stands", judgement: { by: "Ada Osei" } });
    const after = await conclusionOn("REV-01");
    expect(after).toMatchObject({ deviations: 0, disposed: 1, asTested: { deviations: 1, support: before.support } });
    expect(after.sentence).toContain("1 result without evidence counts as the auditor judged by other means.");
  });

  it("goes back to the numbers as tested when the judgement is taken back, and keeps all of it", async () => {
    const before = await conclusionOn("REV-01");
    await judge("Change 3", "--withdraw", "--reason", "The form was another's.");
    const { asTested, ...without } = await conclusionOn("REV-01");
    expect(without).toMatchObject({ deviations: 1, disposed: 0, support: asTested.support });
    await judge(
      "Change 3",
      "--as",
      "pass",
      "--reason",
      "It was found.",
      "--done",
      "Read it.",
      "--seen",
      "It is signed.",
    );
    expect(await conclusionOn("REV-01")).toEqual(before);
    const all = await tickmarkJson<JudgementView[]>("judge", file);
    expect(all.map(({ ref, standing }) => [ref, standing])).toEqual([
      ["J.1", "replaced"],
      ["J.2", "withdrawal"],
      ["J.3", "stands"],
    ]);
  });

  it("takes a failure for no deviation in the open: beside both numbers, and never as support", async () => {
    const before = await conclusionOn("ODD-01");
    expect(before).toMatchObject({ deviations: 2, support: "not-supported" });
    for (const title of ["Change 7", "Change 11"]) {
      await judge(title, "--as", "pass", "--reason", "The rule means other changes.");
    }
    const after = await conclusionOn("ODD-01");
    expect(after).toMatchObject({
      deviations: 0,
      overruled: 2,
      support: "withheld",
      asTested: { deviations: 2, fail: 2 },
    });
    expect(after.sentence).toMatch(
      /takes 2 failures for no deviation.*would be "not supported": no conclusion is drawn/,
    );
  });

  it("writes up an exception, which is answered, retested and closed in this order", async () => {
    const writeUp = [
      "--criterion",
      "They were not to be made.",
      "--condition",
      "They were.",
      "--cause",
      "Nobody looked.",
      "--effect",
      "Two odd changes.",
    ];
    const about = ["--control", "ODD-01", "--title", "Odd changes", "--item", items["Change 7"] ?? ""];
    const raised = await tickmarkJson<ExceptionView>("exception", "add", file, ...about, ...writeUp);
    expect(raised).toMatchObject({ ref: "G.1", state: "open", itemRefs: [expect.stringMatching(/^C\.\d+$/)] });
    const retest = [
      "exception",
      "retest",
      file,
      "G.1",
      "--date",
      "2026-06-01",
      "--outcome",
      "remedied",
      "--note",
      "None since.",
    ];
    expect(await refused(...retest)).toContain("Enter management's response first.");
    const answer = ["--response", "They were taken back.", "--owner", "S. Banerjee", "--due", "2026-05-31"];
    expect(await tickmarkJson("exception", "answer", file, "G.1", ...answer)).toMatchObject({ state: "answered" });
    expect(await tickmarkJson(...retest, ...mallory)).toMatchObject({ state: "retested" });
    const close = ["--why", "remedied", "--reason", "Seen."];
    expect(await tickmarkJson("exception", "close", file, "G.1", ...close)).toMatchObject({ state: "closed" });
    expect(await refused("exception", "answer", file, "G.1", ...answer)).toContain("G.1 is closed");
    // Opened again by mistake: that is undone, and not the retest before it.
    await tickmarkJson("exception", "reopen", file, "G.1");
    const { stands } = await tickmarkJson<{ stands: unknown }>("undo", file, "--reason", "It was another exception.");
    expect(stands).toMatchObject({ state: "closed", exception: { restoration: { of: 5 } } });
  });

  it("is signed off by a preparer, then by another person, and not while review notes are open", async () => {
    const control = ["signoff", file, "--control", "DEP-01"];
    expect(await refused(...control, "--as", "reviewer", ...mallory)).toContain("no preparer has");
    await tickmarkJson(...control, "--as", "preparer");
    expect(await refused(...control, "--as", "reviewer", "--by", "ada  OSEI")).toContain("who prepared it");
    const note = await tickmarkJson<NoteView>(
      "note",
      "add",
      file,
      "--text",
      "Why all?",
      "--control",
      "DEP-01",
      ...mallory,
    );
    expect(note).toMatchObject({ ref: "N.1", state: "open", about: "DEP-01" });
    expect(await refused(...control, "--as", "reviewer", ...mallory)).toMatch(/N\.1.*\(notes-open\)/s);
    const clear = ["note", "clear", file, "N.1", "--text", "I see."];
    expect(await refused(...clear, ...mallory)).toContain("nobody has answered it");
    await tickmarkJson("note", "answer", file, "N.1", "--text", "There are twelve.");
    expect(await refused(...clear)).toContain("(note-not-yours)");
    await tickmarkJson(...clear, ...mallory);
    await tickmarkJson(...control, "--as", "reviewer", ...mallory);
    expect(await signOffsOf("DEP-01")).toMatchObject({
      preparer: { changed: [], signOff: { by: "Ada Osei" } },
      reviewer: { changed: [], signOff: { by: "Mallory Reed" } },
    });
  });

  it("shows a sign-off void when something under it changed, and what", async () => {
    await tickmarkJson("signoff", file, "--control", "ODD-01", "--as", "preparer");
    await judge("Change 7", "--as", "fail", "--reason", "On second thoughts it is odd.");
    const { preparer } = await signOffsOf("ODD-01");
    expect(preparer?.changed).toEqual(["judgements", "conclusions"]);
    expect((await signOffsOf("DEP-01")).preparer?.changed).toEqual([]);
    const { out } = await tickmark("signoff", file);
    expect(out).toContain("ODD-01: prepared by Ada Osei");
    expect(out).toContain("(void: changed since: judgements, conclusions)");
  });
});

describe("a sign-off that is withdrawn", () => {
  const withdraw = (ref: string) => ["signoff", file, "--withdraw", ref, "--reason", "Signed too early."];

  it("is by who gave it, by the reviewer first, and shows nobody's name afterwards", async () => {
    const given = await tickmarkJson<SignOff>("signoff", file, "--engagement", "--as", "preparer");
    expect(given.number).toBe(4);
    expect(await refused(...withdraw("S.4"), ...mallory)).toContain("was given by Ada Osei");
    expect(await refused(...withdraw("S.1"))).toContain("while the reviewer's S.2 by Mallory Reed rests on it");
    expect(await refused(...withdraw("S.9"))).toContain("There is no sign-off S.9");
    expect(await refused(...withdraw("4"))).toContain("such as S.3");
    expect(await tickmarkJson(...withdraw("S.4"))).toMatchObject({ number: 5, withdrawal: { of: 4 } });
    expect(await refused(...withdraw("S.4"))).toContain("is not what stands");
    const [engagement] = await tickmarkJson<ScopeSignOffs[]>("signoff", file);
    expect(engagement).toMatchObject({ preparer: null, reviewer: null });
    expect(await refused("signoff", file, "--engagement", "--as", "reviewer", ...mallory)).toContain("no preparer has");
  });
});

describe("the bundle of an audit that people judged", () => {
  const unpacked = join(folder, "unpacked");
  const part = (path: string) => readFileSync(join(unpacked, path));
  let checks: Check[];

  beforeAll(async () => {
    const identity = ["--identity", join(folder, "signer.p12"), ...passphrase];
    await tickmarkJson("signoff", file, "--engagement", "--as", "preparer");
    await tickmarkJson("export", file, zip, ...identity);
    execFileSync("unzip", ["-q", zip, "-d", unpacked]);
    checks = (await tickmarkJson<VerificationReport>("verify", zip)).checks;
  }, 300_000);

  const detail = (id: string, among: readonly Check[]) => among.find((check) => check.id === id);

  it("verifies, with judged conclusions computed again and the void sign-off told", () => {
    expect(checks.filter(({ outcome }) => outcome === "failed")).toEqual([]);
    expect(detail("judgements", checks)).toMatchObject({ outcome: "passed" });
    expect(detail("sign-offs", checks)?.detail).toMatch(
      /^3 of 4 sign-offs are over just what is in the bundle\. S\.3 of ODD-01 by Ada Osei as preparer is void: changed since: judgements, conclusions\.$/,
    );
  });

  it("tells in the report what was undone, by whom and why", () => {
    const report = run("pdftotext", ["-layout", join(unpacked, "report.pdf"), "-"]);
    expect(report.replaceAll(/\s+/g, " ")).toContain("Undone what revision 5 did: It was another exception.");
  });

  /** Does the audit again from the unpacked parts, some of them others. */
  async function reperformWith(changed: Readonly<Record<string, string>>): Promise<Check[]> {
    const manifest = parseManifest(part("manifest.json").toString());
    const read = async (path: string) => (path in changed ? Buffer.from(changed[path] ?? "") : part(path));
    const head =
      changed["activity-log.jsonl"] === undefined ? manifest.activityHead : headOf(changed["activity-log.jsonl"]);
    async function* stream(path: string) {
      yield await read(path);
    }
    return reperform({ manifest: { ...manifest, activityHead: head }, read, stream }, { digest, commitIdOf });
  }

  const headOf = (log: string) => (JSON.parse(log.trim().split("\n").at(-1) ?? "") as Activity).hash;

  /** The log as somebody could make it who can sign anew: edited, and chained again. */
  function rewriteLog(edit: (entry: Activity) => Activity | readonly Activity[]): string {
    const entries = part("activity-log.jsonl")
      .toString()
      .trim()
      .split("\n")
      .map((line) => JSON.parse(line) as Activity);
    let previous = "0".repeat(64);
    return entries
      .flatMap(edit)
      .map((entry, index) => {
        const { hash: _, ...rest } = entry;
        const sealed = sealActivity({ ...rest, number: index + 1, previous }, digest);
        previous = sealed.hash;
        return `${encodeCanonical(sealed)}\n`;
      })
      .join("");
  }

  const editLines = (path: string, from: string, to: string) => {
    const before = part(path).toString();
    const after = before.replaceAll(from, to);
    expect(after).not.toBe(before);
    return { [path]: after };
  };

  it("fails when a judgement was edited, whatever of it", async () => {
    for (const [from, to] of [
      ["It was found.", "It was seen."],
      ['"outcome":"pass"', '"outcome":"not-applicable"'],
      ["Ada Osei", "Ada Osai"],
    ] as const) {
      const found = await reperformWith(editLines("judgements.jsonl", from, to));
      expect(detail("judgements", found), from).toMatchObject({ outcome: "failed" });
    }
  });

  it("fails when a judgement was left out, or an exception, a note or a sign-off told otherwise", async () => {
    const [, ...later] = part("judgements.jsonl").toString().trim().split("\n");
    for (const changed of [
      { "judgements.jsonl": `${later.join("\n")}\n` },
      { "exceptions.json": "[]" },
      { "review-notes.json": "[]" },
      editLines("exceptions.json", "They were taken back.", "We disagree."),
      editLines("sign-offs.json", "Mallory Reed", "Mallory Reid"),
    ]) {
      expect(detail("judgements", await reperformWith(changed)), Object.keys(changed)[0]).toMatchObject({
        outcome: "failed",
      });
    }
  });

  it("fails when a judgement is on a result that does not exist, though the log was made to fit", async () => {
    const judged = JSON.parse(part("judgements.jsonl").toString().trim().split("\n").at(-1) ?? "");
    const other = { ...judged, item: "ledger@nothing" };
    const isIt = ({ kind, subject }: Activity) => kind === "judged" && subject === `J.${judged.number}`;
    const log = rewriteLog((entry) => (isIt(entry) ? { ...entry, after: other } : entry));
    const lines = part("judgements.jsonl").toString().replace(encodeCanonical(judged), encodeCanonical(other));
    const found = await reperformWith({ "judgements.jsonl": lines, "activity-log.jsonl": log });
    expect(detail("activity-log", found)).toMatchObject({ outcome: "passed" });
    expect(detail("judgements", found)).toMatchObject({ outcome: "failed", subject: `J.${judged.number}` });
  });

  it("tells judgements on results that an evaluation changed afterwards, and holds nobody to them", async () => {
    const others = editLines("results.jsonl", "It is one of them.", "It is another one.");
    expect(detail("judgements", await reperformWith(others))).toMatchObject({ outcome: "failed" });
    const entries = part("activity-log.jsonl")
      .toString()
      .trim()
      .split("\n")
      .map((line) => JSON.parse(line) as Activity);
    const evaluated = entries.findLast(({ kind }) => kind === "evaluated");
    const last = entries.at(-1)?.number;
    const log = rewriteLog((entry) => (entry.number === last && evaluated ? [entry, evaluated] : entry));
    const found = await reperformWith({ ...others, "activity-log.jsonl": log });
    expect(detail("judgements", found)?.detail).toContain("outdated, so that they count no more: 2");
  });

  it("fails when a disposition without any other procedure was put in, though the log was made to fit", async () => {
    const bare = (after: unknown) => ({ ...(after as object), procedure: null });
    const log = rewriteLog((entry) =>
      entry.kind === "judged" ? ({ ...entry, after: bare(entry.after) } as Activity) : entry,
    );
    const lines = part("judgements.jsonl").toString().trim().split("\n");
    const all = lines.map((line) => `${encodeCanonical(bare(JSON.parse(line)))}\n`).join("");
    const found = await reperformWith({ "judgements.jsonl": all, "activity-log.jsonl": log });
    expect(detail("judgements", found)?.detail).toContain("J.1 may not be made: Missing evidence cannot count as pass");
  });

  it("fails when a withdrawal is told as a sign-off, or is by another than who signed", async () => {
    const asSignOff = rewriteLog((entry) =>
      entry.kind === "sign-off-withdrawn" ? { ...entry, kind: "signed-off" } : entry,
    );
    const told = await reperformWith({ "activity-log.jsonl": asSignOff });
    expect(detail("judgements", told)).toMatchObject({ outcome: "failed", subject: "S.5" });
    const signOffs = (JSON.parse(part("sign-offs.json").toString()) as SignOff[]).map((each) =>
      each.withdrawal ? { ...each, by: "Mallory Reed" } : each,
    );
    const other = rewriteLog((entry) =>
      entry.kind === "sign-off-withdrawn" ? ({ ...entry, after: signOffs[4] } as Activity) : entry,
    );
    const found = await reperformWith({
      "activity-log.jsonl": other,
      "sign-offs.json": encodeCanonical(signOffs),
    });
    expect(detail("sign-offs", found)).toMatchObject({ outcome: "failed", subject: "S.5" });
  });

  it("fails when a reviewer has the preparer's name, though the log was made to fit", async () => {
    const same = (text: string) => text.replaceAll("Mallory Reed", "Ada Osei");
    const log = rewriteLog((entry) => JSON.parse(same(JSON.stringify(entry))) as Activity);
    const found = await reperformWith({
      "activity-log.jsonl": log,
      "sign-offs.json": same(part("sign-offs.json").toString()),
      "review-notes.json": same(part("review-notes.json").toString()),
      "exceptions.json": same(part("exceptions.json").toString()),
    });
    expect(detail("sign-offs", found)).toMatchObject({ outcome: "failed", subject: "S.2" });
  });
});
