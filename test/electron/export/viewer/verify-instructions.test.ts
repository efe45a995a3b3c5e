import { createHash } from "node:crypto";
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { signStatements } from "../../../../electron/export/attestation.ts";
import { addSignature, addTimestamps } from "../../../../electron/export/container-addition.ts";
import { signPdf } from "../../../../electron/export/sign-pdf.ts";
import { requestTimestamp } from "../../../../electron/export/timestamp/timestamp-authority.ts";
import { verifyInstructions } from "../../../../electron/export/viewer/verify-instructions.ts";
import { type BundlePart, writeContainer } from "../../../../electron/export/zip.ts";
import { auditStatements } from "../../../../shared/bundle/attestation/statements.ts";
import { evidencePath, idsPath, partPaths } from "../../../../shared/bundle/bundle-parts.ts";
import { attestationSignerPath, attestationsPath } from "../../../../shared/bundle/document-paths.ts";
import { encodeCanonical } from "../../../../shared/model/canonical-json.ts";
import type { ReportContent } from "../../../../shared/model/report.ts";
import { digestPopulation, listIds } from "../../../../shared/population/population-digest.ts";
import { describeDraw } from "../../../../shared/sample/draw-command.ts";
import { selectByRank } from "../../../../shared/sample/rank-selection.ts";
import { plainDraw } from "../../../draw-entry.ts";
import { auditRecordOf } from "../../../shared/bundle/audit-record-under-test.ts";
import { attempt, run, temporaryFolder } from "../real-tools.ts";
import { inventContent } from "../report/report-content.ts";
import { sha256Of } from "../report/sha256-of.ts";
import { manifestInfo, signedAt, textPart } from "../sample-parts.ts";
import { makePdf } from "../sample-pdf.ts";
import { newSigner } from "../signers.ts";
import { startTimestampServer, type TimestampServer } from "../timestamp-server.ts";

const folder = temporaryFolder();
let clock: TimestampServer;
afterAll(async () => {
  await clock.close();
  folder[Symbol.dispose]();
});

const population = Array.from({ length: 40 }, (_, index) => `payments-api@${sha256Of(`${index}`).slice(0, 40)}`);
const sampled = selectByRank(population, 5, "it's 2025", sha256Of);
const commitText = `tree ${"4b825dc642cb6eb9a060e54bf8d69288fbee4904"}\nauthor Ada <ada@example.org> 1735725600 +0000\ncommitter Ada <ada@example.org> 1735725600 +0000\n\nBegin\n`;
const commitId = createHash("sha1").update(`commit ${commitText.length}\0${commitText}`).digest("hex");

/** Content whose population, draw and evidence are real, so that they can be checked. */
function checkableContent(): ReportContent {
  const content = inventContent({ changes: 1, deployments: 0 });
  const [view] = content.draws;
  if (!view) throw new Error("no draw");
  const digest = digestPopulation(population, sha256Of);
  const draw = {
    ...view.draw,
    ...plainDraw,
    method: "rank" as const,
    populationDigest: digest,
    populationSize: 40,
    seed: "it's 2025",
    size: 5,
    items: sampled,
  };
  const files = { ids: idsPath("change"), strata: "", script: partPaths.reperform };
  const earlier = { ...draw, id: "draw-change-0", populationDigest: sha256Of("earlier") };
  return {
    ...content,
    freezes: [
      { id: "freeze-0", population: "change", at: content.createdAt, by: "Ada", size: 39, digest: sha256Of("earlier") },
      { id: "freeze-1", population: "change", at: content.createdAt, by: "Ada", size: 40, digest },
    ],
    draws: [
      { ...view, draw: earlier, command: "false" },
      { ...view, draw, command: describeDraw(draw, [draw], files) },
    ],
  };
}

const content = checkableContent();
const instructions = verifyInstructions(content);

/** The commands under a heading, as a reader copies them: each indented block is one. */
function commandsOf(section: string): string[] {
  const start = instructions.indexOf(`\n## ${section}`);
  const text = instructions.slice(start, (instructions.indexOf("\n## ", start + 1) + 1 || instructions.length + 1) - 1);
  const blocks = text.match(/(?:^ {4}.*\n?)+/gm) ?? [];
  return blocks.map((block) => block.replace(/^ {4}/gm, ""));
}

/** Runs a section's commands, one after the other, in the unpacked bundle. */
function follow(section: string, place: string): string {
  const blocks = commandsOf(section);
  if (blocks.length === 0) throw new Error(`There are no commands under ${section}`);
  return blocks.map((block) => attempt("bash", ["-c", block], { cwd: `${place}/bundle` }).output).join("");
}

function partsOf(report: Buffer): BundlePart[] {
  const sha256 = sha256Of(commitText);
  const index = {
    format: "git.commit",
    locator: `git:${commitId}`,
    pullId: "p",
    receivedAt: signedAt,
    sha256,
    size: commitText.length,
    sourceId: "git",
  };
  const [draw] = content.draws.slice(-1);
  return [
    { path: partPaths.report, role: "report", mediaType: "application/pdf", bytes: report },
    textPart(partPaths.instructions, instructions),
    textPart(partPaths.results, "{}\n"),
    textPart(partPaths.draws, encodeCanonical([draw?.draw])),
    textPart(idsPath("change"), listIds(population)),
    textPart(partPaths.evidenceIndex, `${encodeCanonical(index)}\n`),
    textPart(evidencePath(sha256), commitText, { mediaType: "application/octet-stream", role: "evidence" }),
    textPart(attestationsPath, attestations),
    textPart(attestationSignerPath, signer.certificatePem),
  ];
}

let signer: Awaited<ReturnType<typeof newSigner>>;
let other: Awaited<ReturnType<typeof newSigner>>;
let attestations: string;
beforeAll(async () => {
  signer = await newSigner();
  attestations = await signStatements(auditStatements(auditRecordOf(), []), signer.identity);
  other = await newSigner({ commonName: "Rita Reviewer" });
  clock = await startTimestampServer();
});

const stamp = (sha256: Buffer) => requestTimestamp({ url: clock.url }, sha256);

/** A bundle in a folder of its own, unpacked as VERIFY.md says, beside the signer's root. */
async function unpackedBundle(name: string, otherRoot = false): Promise<string> {
  const place = folder.at(name);
  mkdirSync(place);
  const report = await signPdf(await makePdf(), signer.identity, { reason: "Prepared", name: "Ada", signedAt });
  const request = { parts: partsOf(report), info: manifestInfo, identity: signer.identity, signedAt };
  await writeContainer({ ...request, target: `${place}/BUNDLE.zip` });
  writeFileSync(`${place}/root.pem`, otherRoot ? other.rootPem : signer.rootPem);
  for (const block of commandsOf("1.")) expect(run("bash", ["-c", block], { cwd: place })).toBe("");
  return place;
}

describe("the commands of VERIFY.md on a bundle as it was signed", () => {
  let place: string;
  beforeAll(async () => {
    place = await unpackedBundle("sound");
  });

  test("find the signature good and print who signed", () => {
    const output = follow("2.", place);
    expect(output).toMatch(/Verification successful/i);
    expect(output).toMatch(/subject=.*Ada Auditor/);
    expect(output).toMatch(/sha256 Fingerprint=/i);
  });

  test("find no timestamp where none was given", () => {
    const output = follow("2.1.", place);
    expect(output).toContain("META-INF/signature001.p7s: no timestamp\n");
    expect(output).toContain(`../${partPaths.report}.sig0: no timestamp\n`);
  });

  test("find each attestation signed by whoever exported the bundle", () => {
    const [fingerprint, ...answers] = follow("10.", place).trim().split("\n");
    expect(fingerprint?.replace(/.*=/, "").replaceAll(":", "").toLowerCase()).toBe(signer.fingerprint);
    expect(answers).toEqual(["Verified OK", "Verified OK", "Verified OK"]);
  });

  test("find every file as it was signed, and none besides", () => {
    expect(follow("3.", place)).toBe("all files agree\n");
    expect(follow("4.", place)).toBe("");
  });

  test("find the report signed and trusted", () => {
    const output = follow("5.", place);
    expect(output).toContain("Signature is Valid.");
    expect(output).toContain("Certificate is Trusted.");
    expect(output).toContain("Total document signed");
  });

  test("find evidence under its digest and commits under git's own ids", () => {
    expect(follow("6.", place)).toBe("");
  });

  test("give the frozen digest and the items of the draw, in their order", () => {
    const [digest, , noted] = follow("7.", place).trim().split(/\s+/);
    expect(commandsOf("7.")).toHaveLength(1);
    expect(commandsOf("7.")[0]).toContain(`# ${digest}`);
    expect(noted).toBeUndefined();
    expect(follow("8.2.", place).trim().split("\n")).toEqual(sampled);
  });

  test("are not given for a draw whose population is not in the bundle", () => {
    expect(commandsOf("8.1.")).toEqual([]);
    expect(instructions).toContain("It was made from an earlier freeze, whose ids are not in this bundle");
  });
});

describe("the commands of VERIFY.md on a bundle that two people signed and an authority stamped", () => {
  let place: string;
  beforeAll(async () => {
    place = folder.at("stamped");
    mkdirSync(place);
    const details = { reason: "Prepared", name: "Ada", signedAt };
    const report = await signPdf(await makePdf(), signer.identity, details, stamp);
    const request = { parts: partsOf(report), info: manifestInfo, identity: signer.identity, signedAt };
    await writeContainer({ ...request, role: "preparer", target: `${place}/BUNDLE.zip` });
    await addSignature(`${place}/BUNDLE.zip`, other.identity, { signedAt, role: "reviewer" });
    await addTimestamps(`${place}/BUNDLE.zip`, stamp);
    writeFileSync(`${place}/root.pem`, signer.rootPem + other.rootPem);
    writeFileSync(`${place}/tsa-root.pem`, clock.rootPem);
    for (const block of commandsOf("1.")) expect(run("bash", ["-c", block], { cwd: place })).toBe("");
  });

  test("find both signatures good, over the same files, and show the roles that are claimed", () => {
    const output = follow("2.", place);
    expect(output.match(/Verification successful/gi)).toHaveLength(2);
    expect(output).toMatch(/Ada Auditor[\s\S]*Rita Reviewer/);
    expect(output).toContain("META-INF/signature001.p7s:preparer\nMETA-INF/signature002.p7s:reviewer\n1\n");
    expect(output).not.toContain("NOT SIGNED");
  });

  test("find the timestamps good, of both signatures and of the report", () => {
    const output = follow("2.1.", place);
    expect(output.match(/^(META-INF|\.\.)\S+: Time stamp: \w{3} .* GMT$/gm)).toHaveLength(3);
    expect(output.match(/Verification: OK/g)).toHaveLength(3);
  });

  test("find every file as it was signed, and none besides", () => {
    expect(follow("3.", place)).toBe("all files agree\n");
    expect(follow("4.", place)).toBe("");
  });

  test("do not take the timestamps of an authority that is not trusted", () => {
    writeFileSync(`${place}/tsa-root.pem`, signer.rootPem);
    expect(follow("2.1.", place)).not.toContain("Verification: OK");
  });

  test("notice a signature that was put in the place of another", () => {
    const [first, second] = ["001", "002"].map((number) => `${place}/bundle/META-INF/signature${number}.p7s`);
    const value = (path = "") => readFileSync(path);
    writeFileSync(second ?? "", value(first));
    const output = follow("2.", place);
    expect(output).toContain("NOT SIGNED: META-INF/signature002.p7s");
  });
});

describe("the commands of VERIFY.md on a bundle that was altered", () => {
  test("do not take a signer whom another root vouches for", async () => {
    expect(follow("2.", await unpackedBundle("other-root", true))).not.toMatch(/Verification successful/i);
  });

  test("print the file that was changed, and the one that was added", async () => {
    const place = await unpackedBundle("altered");
    writeFileSync(`${place}/bundle/${partPaths.results}`, "{ }\n");
    writeFileSync(`${place}/bundle/evil.html`, "<script>");
    const output = follow("3.", place);
    expect(output).toContain(`DIFFERS: ${partPaths.results}\n`);
    expect(output).not.toContain("all files agree");
    expect(follow("4.", place)).toBe("evil.html\n");
  });

  test("notice a list of digests that was made to fit", async () => {
    const place = await unpackedBundle("refitted");
    const path = `${place}/bundle/META-INF/ASiCManifest001.xml`;
    writeFileSync(path, readFileSync(path, "utf8").replace("text/plain", "text/other"));
    expect(follow("2.", place)).not.toMatch(/Verification successful/i);
  });

  test("print evidence under another name, and a commit whose id does not follow from it", async () => {
    const place = await unpackedBundle("evidence");
    const sums = `${place}/bundle/SHA256SUMS`;
    const path = evidencePath(sha256Of(commitText));
    const forged = commitText.replace("Begin", "Began");
    writeFileSync(`${place}/bundle/${path}`, forged);
    writeFileSync(
      sums,
      readFileSync(sums, "utf8").replace(`${sha256Of(commitText)}  ${path}`, `${sha256Of(forged)}  ${path}`),
    );
    expect(follow("6.", place)).toBe(`MISNAMED: ${path}\nDIFFERS: ${commitId}\n`);
  });

  test("print other items when the seed is another", async () => {
    const place = await unpackedBundle("seed");
    const [command = ""] = commandsOf("8.2.");
    const output = attempt("bash", ["-c", command.replace("2025", "2026")], { cwd: `${place}/bundle` }).output;
    expect(output.trim().split("\n")).not.toEqual(sampled);
  });
});

describe("VERIFY.md", () => {
  test("gives no words of the engagement to a shell or to Markdown", () => {
    const entity = "Evil `rm -rf /` [link](http://example.org) <img src=x> \u202e";
    const text = verifyInstructions({ ...content, engagement: { ...content.engagement, entity } });
    expect(text).toContain("Evil \\`rm -rf /\\` \\[link\\](http://example.org) \\<img src=x\\>");
    expect(text).not.toContain("\u202e");
    expect(text.match(/^ {4}.*Evil/m)).toBeNull();
  });
});
