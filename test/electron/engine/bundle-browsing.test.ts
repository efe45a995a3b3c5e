import { copyFileSync, existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { removeLeftCopies } from "../../../electron/engine/bundle-copies.ts";
import { createEngine } from "../../../electron/engine/handlers.ts";
import { partPaths } from "../../../shared/bundle/bundle-parts.ts";
import { type Procedure, procedures, type ResponseOf } from "../../../shared/ipc/contract.ts";
import { keeperProcedures } from "../../../shared/ipc/keeper-contract.ts";
import { encodeCanonical } from "../../../shared/model/canonical-json.ts";
import { makeSmallEngagement } from "../cli/small-engagement.ts";
import { temporaryFolder } from "../export/real-tools.ts";
import { newSigner } from "../export/signers.ts";
import { filesOf, packFiles, refit, signList, textOf } from "../verifier/sample-bundle.ts";

const folder = temporaryFolder();
const [engine, reader] = [createEngine(() => {}), createEngine(() => {})];
const bundle = folder.at("small.zip");
const key = { pkcs12Path: folder.at("signer.p12"), passphrase: "only for this test" };

type Caller = typeof engine;
const ask = <P extends Procedure>(of: Caller, procedure: P, request: unknown = {}) =>
  of.call(procedure, procedures[procedure].request.parse(request)) as Promise<ResponseOf<P>>;
const browse = (zipPath: string, trust = {}) => reader.call("bundle.browse", { zipPath, ...trust });
/** Of this process; other files run in others. */
const copies = () => readdirSync(tmpdir()).filter((name) => name.startsWith(`tickmark-browsed-${process.pid}-`));

beforeAll(async () => {
  const path = await makeSmallEngagement(folder.path);
  await ask(engine, "engagement.open", { path });
  const draw = { population: "change", method: "rank", rationale: "Some." };
  await ask(engine, "sample.draw", { ...draw, size: 4, seed: "1 2 3" });
  // The draw before stays on record, and rests on a freeze of which a bundle has no list.
  await ask(engine, "population.freeze");
  const { draw: drawn } = await ask(engine, "sample.draw", { ...draw, size: 30, seed: "4 5 6" });
  await ask(engine, "sample.replace", {
    drawId: drawn.id,
    item: drawn.items[3],
    reason: "void",
    explanation: "Never.",
  });
  await ask(engine, "sample.draw", { population: "deployment", method: "everything", rationale: "All." });
  await ask(engine, "evaluation.run");
  const failing = { population: "change", control: "ODD-01", assertion: "is-another", item: await findFailing() };
  await ask(engine, "judgement.make", { ...failing, outcome: "pass", reason: "It was asked for." });
  const words = { criterion: "Not to be made.", condition: "Made.", cause: "Unknown.", effect: "None." };
  const items = [{ population: "change", item: failing.item }];
  await ask(engine, "exception.raise", { control: "ODD-01", title: "Made", severity: "deficiency", ...words, items });
  await ask(engine, "sign-off.sign", { scope: { kind: "control", control: "DEP-01" }, role: "preparer" });
  await ask(engine, "note.raise", { about: { kind: "control", control: "ODD-01" }, text: "Why?", by: "Mallory Reed" });
  await engine.call("export.write", { key, zipPath: bundle });
  await browse(bundle);
}, 60_000);
afterAll(async () => {
  await Promise.all([engine.close(), reader.close()]);
  folder[Symbol.dispose]();
});

async function findFailing(): Promise<string> {
  const matrix = await ask(engine, "evaluation.matrix", { population: "change" });
  return matrix?.rows.find(({ outcomes }) => outcomes["ODD-01"] === "fail")?.id ?? "";
}

describe("a browsed bundle", () => {
  it.each<[Procedure, object?]>([
    ["completeness.show"],
    ["population.show"],
    ["sample.list"],
    ["catalog.show"],
    ["catalog.text"],
    ["evaluation.conclusions"],
    ["evaluation.frameworks"],
    ["evaluation.matrix", { population: "change" }],
    ["evaluation.matrix", { population: "deployment" }],
    ["evaluation.rows", { query: { population: "change", sort: "outcome" }, offset: 0, limit: 100 }],
    ["judgement.list"],
    ["exception.list"],
    ["sign-off.list"],
    ["note.list"],
  ])("answers %s as the engagement does", async (procedure, request) => {
    const [there, here] = [await ask(engine, procedure, request), await ask(reader, procedure, request)];
    expect(here).toEqual(there);
  });

  it("knows the same persons, and counts the unknown accounts of the sampled items", async () => {
    const [there, here] = [await ask(engine, "people.list"), await ask(reader, "people.list")];
    expect({ ...here, unknown: [] }).toEqual({ ...there, unknown: [] });
    expect(here.unknown.map(({ name, items }) => [name, items])).toEqual([
      ["deploy-bot", 43],
      ["Ada Osei", 31],
    ]);
  });

  it("shows each sampled item with its results and its evidence, byte for byte", async () => {
    const matrix = await ask(reader, "evaluation.matrix", { population: "change" });
    for (const { id } of matrix?.rows.slice(0, 5) ?? []) {
      const here = await ask(reader, "evaluation.item", { population: "change", id });
      expect(here).toEqual(await ask(engine, "evaluation.item", { population: "change", id }));
      const sha256 = here.evidence[0]?.evidence;
      const page = { sha256, offset: 0, limit: 10_000 };
      expect(await ask(reader, "evidence.bytes", page)).toEqual(await ask(engine, "evidence.bytes", page));
    }
  });

  it("is shown as what it is: its own name, its verdict, the log that it was exported with", async () => {
    const here = await ask(reader, "engagement.current");
    expect(here).toMatchObject({ path: bundle, browsed: { trustedName: null, evidence: "sampled" } });
    expect(here?.browsed?.verdict).toBe("verified-signer-unknown");
    const log = await ask(reader, "activity.list", { offset: 0, limit: 1000 });
    const whole = await ask(engine, "activity.list", { offset: 0, limit: 1000 });
    expect(log.activities).toEqual(whole.activities.slice(0, log.total));
    expect(whole.activities[log.total]?.kind).toBe("exported");
    const [source] = await ask(reader, "source.list");
    expect(source).toMatchObject({ source: { id: "git" }, pull: { state: "complete" } });
  });

  it("lists the whole population, of which it has no more than the id where nothing was sampled", async () => {
    const { total, rows } = await ask(reader, "population.items", { population: "change", offset: 0, limit: 100 });
    const there = await ask(engine, "population.items", { population: "change", offset: 0, limit: 100 });
    const byId = new Map(there.rows.map((row) => [row.id, row]));
    expect([total, rows.length]).toEqual([36, 36]);
    expect(rows.filter(({ at }) => at === null)).toHaveLength(5);
    for (const row of rows) {
      if (row.at === null) expect(row).toEqual({ ...row, title: "", people: "" });
      else expect(row).toEqual(byId.get(row.id));
    }
  });

  it("shows every draw to its last item, also one that a later freeze took the place of", async () => {
    const draws = await ask(reader, "sample.list");
    expect(draws.length).toBeGreaterThan(1);
    for (const { draw } of draws) {
      const { total, rows } = await ask(reader, "sample.items", { drawId: draw.id, offset: 0, limit: 1000 });
      expect([total, rows.map(({ id }) => id)]).toEqual([draw.size, draw.items]);
    }
  });

  it("says of evidence that it does not have where to ask for it", async () => {
    const place = { sha256: "0".repeat(64) };
    await expect(ask(reader, "evidence.read", place)).rejects.toMatchObject({
      code: "request-invalid",
      message: `The evidence ${"0".repeat(64)} is not in this bundle.`,
    });
  });

  const looking = [
    ...["engine.ping", "engagement.create", "engagement.create-demo", "engagement.open", "engagement.current"],
    ...["engagement.close", "bundle.browse", "bundle.sign", "bundle.timestamp", "identity.read", "identity.create"],
    ...["redaction.read", "work.cancel", "activity.list", "source.list", "source.kinds", "completeness.show"],
    ...[
      "population.show",
      "population.items",
      "people.list",
      "sample.list",
      "sample.items",
      "sample.house-table",
      "catalog.show",
      "catalog.text",
      "catalog.check",
      "evaluation.conclusions",
    ],
    ...["evaluation.frameworks", "evaluation.matrix", "evaluation.rows", "evaluation.item", "evidence.read"],
    ...["evidence.bytes", "judgement.list", "exception.list", "sign-off.list", "note.list"],
  ];
  const changing = [
    ...Object.entries(procedures).flatMap(([name, { runs }]) => (runs === "engine" ? [name] : [])),
    ...Object.keys(keeperProcedures),
  ].filter((name) => !looking.includes(name));

  it.each(changing)("refuses %s, whatever is asked", async (procedure) => {
    const before = encodeCanonical(await ask(reader, "engagement.current"));
    await expect(reader.call(procedure, {})).rejects.toMatchObject({ code: "engagement-read-only" });
    expect(encodeCanonical(await ask(reader, "engagement.current"))).toBe(before);
  });

  it("can be closed, and nothing of it is left; a copy that a crash left is removed", async () => {
    expect(copies()).toHaveLength(1);
    await ask(reader, "engagement.close");
    expect(copies()).toEqual([]);
    expect(await ask(reader, "engagement.current")).toBeNull();
    // No process has the largest number that there can be.
    const left = join(tmpdir(), "tickmark-browsed-4194305-left");
    mkdirSync(left, { recursive: true });
    await removeLeftCopies();
    expect(existsSync(left)).toBe(false);
  });
});

describe("one of several bundles of an engagement", () => {
  const [changes, deployments] = [folder.at("part.ODD-01.zip"), folder.at("part.DEP-01.zip")];
  const siblings = ["part.DEP-01.zip"];
  const part = { by: "control", part: "ODD-01", siblings };

  beforeAll(async () => {
    await engine.call("export.write", { key, zipPath: folder.at("part.zip"), split: "control" });
    expect([existsSync(changes), existsSync(deployments)]).toEqual([true, true]);
    await browse(changes);
  }, 60_000);
  afterAll(() => ask(reader, "engagement.close"));

  it("says which part it is, and what in it nobody did again", async () => {
    const { browsed } = (await ask(reader, "engagement.current")) ?? {};
    expect(browsed).toMatchObject({ part, verdict: "verified-signer-unknown" });
    expect(browsed?.stated).toContain("Every sign-off was made in turn, and those that are void are told");
  });

  it("shows its own control with its items, results and evidence as the engagement does", async () => {
    const request = { population: "change" };
    expect(await ask(reader, "evaluation.matrix", request)).toEqual(await ask(engine, "evaluation.matrix", request));
    const conclusions = await ask(engine, "evaluation.conclusions");
    expect(await ask(reader, "evaluation.conclusions")).toEqual(
      conclusions.filter(({ control }) => control === "ODD-01"),
    );
    const item = { ...request, id: await findFailing() };
    const here = await ask(reader, "evaluation.item", item);
    expect(here).toEqual(await ask(engine, "evaluation.item", item));
    const page = { sha256: here.evidence[0]?.evidence, offset: 0, limit: 10_000 };
    expect(await ask(reader, "evidence.bytes", page)).toEqual(await ask(engine, "evidence.bytes", page));
  });

  it("shows judgements, sign-offs, exceptions and notes as they stand in the whole, and says nothing of requirements", async () => {
    for (const procedure of ["judgement.list", "sign-off.list", "exception.list", "note.list"] as const)
      expect(await ask(reader, procedure)).toEqual(await ask(engine, procedure));
    expect(await ask(reader, "evaluation.frameworks")).toEqual([]);
  });

  it("has nothing of another part, and says where that is", async () => {
    expect(await ask(reader, "evaluation.matrix", { population: "deployment" })).toBeNull();
    const { rows } = await ask(reader, "population.items", { population: "deployment", offset: 0, limit: 1 });
    expect(rows).toMatchObject([{ at: null, title: "" }]);
    const elsewhere = { population: "deployment", id: rows[0]?.id };
    const refusal = { code: "request-invalid", message: expect.stringContaining("is not in this part") };
    await expect(ask(reader, "evaluation.item", elsewhere)).rejects.toMatchObject({
      ...refusal,
      action: expect.stringContaining("part.DEP-01.zip"),
    });
    await expect(ask(reader, "evidence.read", { sha256: "0".repeat(64) })).rejects.toMatchObject(refusal);
  });
});

describe("an edition for outsiders", () => {
  const zipPath = folder.at("outsiders.zip");

  beforeAll(async () => {
    writeFileSync(folder.at("rules.yaml"), "persons: pseudonyms\ntexts:\n  words: [It was asked for]\n");
    await engine.call("export.write", { key, zipPath, redactionPath: folder.at("rules.yaml") });
    await browse(zipPath);
  }, 60_000);
  afterAll(() => ask(reader, "engagement.close"));

  it("states the same results and conclusions, and calls stated what was not done again", async () => {
    const { browsed } = (await ask(reader, "engagement.current")) ?? {};
    expect(browsed).toMatchObject({ redacted: "redacted", verdict: "not-reperformed" });
    expect(browsed?.stated).toContain("Git objects hash to their ids");
    for (const population of ["change", "deployment"] as const) {
      const outcomes = async (of: Caller) => {
        const matrix = await ask(of, "evaluation.matrix", { population });
        return matrix?.rows.map((row) => [row.ref, row.outcomes, row.judged]);
      };
      expect(await outcomes(reader)).toEqual(await outcomes(engine));
    }
    expect(await ask(reader, "evaluation.conclusions")).toEqual(await ask(engine, "evaluation.conclusions"));
  });

  it("shows a record as its copy in the bundle, and says how much of it was replaced", async () => {
    const id = await findFailing();
    const { evidence } = await ask(reader, "evaluation.item", { population: "change", id });
    const { text, redaction, record } = await ask(reader, "evidence.read", { sha256: evidence[0]?.evidence });
    expect(text).toMatch(/^author Person 1 <person-1@redacted\.invalid> /m);
    expect(text).not.toContain("Ada");
    expect(redaction?.replaced).toContainEqual({ kind: "person", count: 4 });
    expect(record.sha256).toBe(evidence[0]?.evidence);
  });

  it("does not say that a judgement or sign-off is void because it says other names", async () => {
    const standings = async (of: Caller) =>
      (await ask(of, "judgement.list")).map(({ ref, standing }) => [ref, standing]);
    expect(await standings(reader)).toEqual(await standings(engine));
    const stand = async (of: Caller) =>
      (await ask(of, "sign-off.list")).map(({ scope, preparer }) => [scope, preparer?.changed]);
    expect(await stand(reader)).toEqual(await stand(engine));
  });
});

describe("a bundle of which a secret was left out", () => {
  /** Put together here, so that no scanner takes this file for a leak. */
  const token = `gh${"p_"}aB3dE6gH9jK2mN5paB3dE6gH9jK2mN5paB3d`;
  const zipPath = folder.at("secret.zip");

  async function exportWith(log: (text: string) => string): Promise<void> {
    writeFileSync(folder.at("deployments.csv"), log(readFileSync(folder.at("deployments.csv"), "utf8")));
    await engine.call("pull.run", { sources: ["deployments"] });
    await ask(engine, "population.freeze");
    await ask(engine, "sample.draw", { population: "deployment", method: "everything", rationale: "All." });
    await ask(engine, "evaluation.run");
    await engine.call("export.write", { key, zipPath });
  }

  it("is shown, and says of the record that it is not there as it was received", async () => {
    await exportWith((text) => text.replace("status\n", "status,note\n").replace("success\n", `success,${token}\n`));
    await browse(zipPath);
    expect((await ask(reader, "engagement.current"))?.browsed?.verdict).toBe("not-reperformed");
    const matrix = await ask(reader, "evaluation.matrix", { population: "deployment" });
    const item = { population: "deployment", id: matrix?.rows[0]?.id };
    const { evidence } = await ask(reader, "evaluation.item", item);
    expect(evidence).toEqual((await ask(engine, "evaluation.item", item)).evidence);
    const sha256 = evidence.find(({ record }) => record.sourceId === "deployments")?.evidence;
    const here = await ask(reader, "evidence.read", { sha256 });
    const there = await ask(engine, "evidence.read", { sha256 });
    expect(here.redaction).toEqual({ replaced: [{ kind: "github-token", count: 1 }], withheld: "" });
    expect(here.text).toBe(there.text.replace(token, "redacted-github-token-1"));
    expect([here.record, there.redaction]).toEqual([there.record, undefined]);
    await ask(reader, "engagement.close");
  });

  it("is shown where an item quotes it, and says what of it nobody did again", async () => {
    await exportWith((text) => text.replace("deploy-bot,pipeline", `deploy-bot,pipeline with ${token}`));
    await browse(zipPath);
    const { browsed } = (await ask(reader, "engagement.current")) ?? {};
    expect(browsed).toMatchObject({ verdict: "not-reperformed", redacted: "complete" });
    expect(browsed?.stated).toContain("Every piece of evidence is the one that its record names");
    const matrix = await ask(reader, "evaluation.matrix", { population: "deployment" });
    expect(matrix?.rows.length).toBeGreaterThan(0);
    await ask(reader, "engagement.close");
    expect(copies()).toEqual([]);
  });

  it("holds where a judgement is on what was another result before: it counts no more here either", async () => {
    const draw = { population: "change", method: "rank", rationale: "Some.", size: 34, seed: "7 8 9" };
    await ask(engine, "sample.draw", draw);
    await ask(engine, "evaluation.run");
    await engine.call("export.write", { key, zipPath });
    const standings = async (of: Caller) => (await ask(of, "judgement.list")).map(({ standing }) => standing);
    expect(await standings(engine)).toEqual(["outdated"]);
    await browse(zipPath);
    expect(await standings(reader)).toEqual(["outdated"]);
    await ask(reader, "engagement.close");
  });
});

describe("a bundle of format 4, as version 0.5.0 wrote it,", () => {
  const bundleOf = (name: string) => join(import.meta.dirname, `../../fixtures/bundles/v4/${name}.zip`);
  afterEach(() => ask(reader, "engagement.close"));

  it("is shown, since its audit can be done again", async () => {
    await browse(bundleOf("ledger"));
    const current = await ask(reader, "engagement.current");
    const stated = ["The documents say what the data says"];
    expect(current).toMatchObject({ engagement: { name: "Fourth format" }, browsed: { stated } });
    const matrix = await ask(reader, "evaluation.matrix", { population: "deployment" });
    expect(matrix?.rows.map(({ outcomes }) => outcomes["DEP-01"])).toEqual(
      ["d0", "d1", "d2", "d3", "d4", "d5"].map((id) => (id === "d2" ? "fail" : "pass")),
    );
  });

  it("says of a record that was withheld from an edition for outsiders why, and has nothing of it", async () => {
    await browse(bundleOf("redacted"));
    const judgements = await ask(reader, "judgement.list");
    const [sha256] = judgements.flatMap(({ judgement }) => judgement.procedure?.documents ?? []);
    const { text, media, redaction, record } = await ask(reader, "evidence.read", { sha256 });
    expect(record).toMatchObject({ sha256, format: "attachment.document" });
    expect(redaction).toEqual({ replaced: [], withheld: expect.stringMatching(/^It is no text/) });
    expect([text, media]).toEqual(["", "text"]);
    expect(await ask(reader, "evidence.bytes", { sha256, offset: 0, limit: 100 })).toMatchObject({ total: 0 });
  });
});

describe("a bundle that is not shown", () => {
  const isEmpty = async () => {
    expect(await ask(reader, "engagement.current")).toBeNull();
    expect(copies()).toEqual([]);
  };

  it("does not hold, whatever is wrong with it, and what was open stays open", async () => {
    const bytes = readFileSync(bundle);
    bytes.writeUInt8((bytes[bytes.length >> 1] ?? 0) ^ 1, bytes.length >> 1);
    writeFileSync(folder.at("changed.zip"), bytes);
    await expect(browse(folder.at("changed.zip"))).rejects.toMatchObject({ code: expect.stringMatching(/^bundle-/) });
    await isEmpty();
  });

  it("states results that do not come out, under a signature that holds", async () => {
    const files = await filesOf(bundle);
    files.set(partPaths.results, Buffer.from(textOf(files, partPaths.results).replace('"fail"', '"pass"')));
    refit(files, "list");
    await signList(files, (await newSigner()).identity);
    await packFiles(folder.at("flattered.zip"), files);
    await expect(browse(folder.at("flattered.zip"))).rejects.toMatchObject({ code: "bundle-part-invalid" });
    await isEmpty();
  });

  it("comes out the same under a signature that does not hold", async () => {
    const files = await filesOf(bundle);
    const other = await filesOf(bundle);
    await signList(other, (await newSigner()).identity);
    const signature = [...files.keys()].find((name) => name.endsWith(".p7s")) ?? "";
    const broken = Buffer.from(files.get(signature) ?? "");
    broken.writeUInt8((broken.at(-20) ?? 0) ^ 1, broken.length - 20);
    files.set(signature, broken);
    await packFiles(folder.at("unsigned.zip"), files);
    await expect(browse(folder.at("unsigned.zip"))).rejects.toMatchObject({ code: "bundle-part-invalid" });
    await isEmpty();
  });

  it("is of an earlier format, whose audit is not done again", async () => {
    const earlier = folder.at("earlier.zip");
    copyFileSync(join(import.meta.dirname, "../../fixtures/bundles/v2/ledger.zip"), earlier);
    await expect(browse(earlier)).rejects.toMatchObject({
      code: "request-invalid",
      message: expect.stringContaining("earlier format"),
    });
    await isEmpty();
  });
});
