import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { Readable } from "node:stream";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import type { SigningIdentity } from "../../../electron/export/identity/signing-identity.ts";
import { type BundlePart, writeContainer } from "../../../electron/export/zip.ts";
import { openArchive } from "../../../electron/verifier/archive.ts";
import type { ManifestFile } from "../../../shared/bundle/manifest.ts";
import { parseManifest } from "../../../shared/bundle/manifest-reading.ts";
import { openssl, run, temporaryFolder } from "./real-tools.ts";
import { largePart, manifestInfo, sampleParts, signedAt, streamedPart, textPart } from "./sample-parts.ts";
import { makePdf } from "./sample-pdf.ts";
import { newSigner } from "./signers.ts";

const folder = temporaryFolder();
afterAll(() => folder[Symbol.dispose]());

let count = 0;
let place: string;
beforeEach(() => {
  place = folder.at(`case-${count++}`);
  mkdirSync(place);
});

function sha256Of(bytes: Uint8Array): string {
  return createHash("sha256").update(bytes).digest("hex");
}

function listedIn(path: string): ManifestFile[] {
  return [...parseManifest(run("unzip", ["-p", path, "manifest.json"])).files];
}

describe.each(["ecdsa-p256", "rsa-3072"] as const)("a container (%s)", (keyType) => {
  let identity: SigningIdentity;
  beforeAll(async () => {
    const signer = await newSigner({ keyType });
    identity = signer.identity;
    writeFileSync(folder.at("root.pem"), signer.rootPem);
  });

  async function write(parts: readonly BundlePart[] | AsyncIterable<BundlePart> = [], name = "bundle.zip") {
    const request = { parts, info: manifestInfo, identity, signedAt, target: `${place}/${name}` };
    return { ...(await writeContainer(request)), path: `${place}/${name}` };
  }

  test("is a ZIP without faults for unzip, and holds the parts as they were", async () => {
    const report = await makePdf();
    const written = await write(sampleParts(report));
    expect(run("unzip", ["-t", written.path])).toContain("No errors detected");
    expect(sha256Of(readFileSync(written.path))).toBe(written.sha256);
    run("unzip", ["-q", written.path, "-d", `${place}/out`]);
    expect(readFileSync(`${place}/out/report.pdf`).equals(report)).toBe(true);
    expect(readFileSync(`${place}/out/evidence/00/a.json`, "utf8")).toBe("[1]");
    expect(readFileSync(`${place}/out/Übersicht 変更.json`, "utf8")).toBe("{}");
    expect(readFileSync(`${place}/out/empty.json`, "utf8")).toBe("");
  });

  test("has hashes that sha256sum confirms, for every file", async () => {
    const written = await write(sampleParts(await makePdf()));
    run("unzip", ["-q", written.path, "-d", `${place}/out`]);
    const output = run("sha256sum", ["-c", "--strict", "SHA256SUMS"], { cwd: `${place}/out` });
    expect(output.trim().split("\n")).toHaveLength(written.files + 1);
    expect(output).not.toContain("FAILED");
  });

  test("has a CAdES signature over its list of files that openssl confirms", async () => {
    const written = await write(sampleParts(await makePdf()));
    run("unzip", ["-q", written.path, "-d", `${place}/out`]);
    const files = ["-in", "META-INF/signature001.p7s", "-content", "META-INF/ASiCManifest001.xml", "-out", "/dev/null"];
    const trust = ["-CAfile", folder.at("root.pem"), "-attime", String(Date.parse(signedAt) / 1000)];
    const args = ["cms", "-verify", "-cades", "-binary", "-inform", "DER", ...files, ...trust];
    expect(openssl(args, { cwd: `${place}/out` })).toContain("CAdES Verification successful");
  });

  test("names every file with its digest in the ASiC manifest", async () => {
    const written = await write(sampleParts(await makePdf()));
    const xml = run("unzip", ["-p", written.path, "META-INF/ASiCManifest001.xml"]);
    const references = [...xml.matchAll(/DataObjectReference URI="([^"]+)".*?<ds:DigestValue>([^<]+)</g)];
    const digests = references.map(([, uri, digest]) => [
      decodeURIComponent(uri ?? ""),
      Buffer.from(digest ?? "", "base64").toString("hex"),
    ]);
    const fromFiles = listedIn(written.path).map(({ path, sha256 }) => [path, sha256]);
    expect(digests.slice(0, -2)).toEqual(fromFiles);
    expect(digests.slice(-2).map(([path]) => path)).toEqual(["manifest.json", "SHA256SUMS"]);
  });

  test("starts with its type at the place where ASiC wants it", async () => {
    const written = await write(sampleParts(await makePdf()));
    const head = readFileSync(written.path)
      .subarray(30, 30 + 8 + 31)
      .toString("latin1");
    expect(head).toBe("mimetypeapplication/vnd.etsi.asic-e+zip");
    expect(readFileSync(written.path).readUInt16LE(28)).toBe(0);
  });

  test("is the same to the byte each time but for the signature, whatever order the parts come in", async () => {
    const parts = sampleParts(await makePdf());
    const first = await write(parts, "first.zip");
    const second = await write(parts.toReversed(), "second.zip");
    const upToSignature = (path: string) => {
      const bytes = readFileSync(path);
      return bytes.subarray(0, bytes.indexOf("META-INF/signature001.p7s")).subarray(0, -30);
    };
    expect(upToSignature(second.path).length).toBeGreaterThan(1000);
    expect(upToSignature(second.path).equals(upToSignature(first.path))).toBe(true);
  });

  test("keeps what it lists in no file that a crash could leave behind", async () => {
    const seen = new Set<string>();
    const onProgress = () => {
      for (const name of readdirSync(place)) seen.add(name);
    };
    const request = { parts: sampleParts(await makePdf()), info: manifestInfo, identity, signedAt, onProgress };
    await writeContainer({ ...request, target: `${place}/bundle.zip` });
    // The bundle itself, under the name that it has until it is whole.
    expect([...seen]).toEqual([expect.stringMatching(/^bundle\.zip\.partial-/)]);
  });

  test("takes parts one by one as they come, when they come in order", async () => {
    async function* parts() {
      yield streamedPart("a", ["1"]);
      yield textPart("b", "2");
    }
    const written = await write(parts());
    expect(listedIn(written.path).map(({ path }) => path)).toEqual(["a", "b"]);
  });
});

describe("a container is not written", () => {
  let identity: SigningIdentity;
  beforeAll(async () => {
    identity = (await newSigner()).identity;
  });

  const request = (parts: readonly BundlePart[] | AsyncIterable<BundlePart>) => ({
    parts,
    info: manifestInfo,
    identity,
    signedAt,
    target: `${place}/bundle.zip`,
  });

  async function expectOlderFileUntouched(work: () => Promise<unknown>, expected: object) {
    writeFileSync(`${place}/bundle.zip`, "older");
    await expect(work()).rejects.toMatchObject(expected);
    expect(readFileSync(`${place}/bundle.zip`, "utf8")).toBe("older");
    expect(readdirSync(place)).toEqual(["bundle.zip"]);
  }

  test.each([
    ["out of its folder", ["../evil"], "bundle-path-invalid"],
    ["twice", ["a", "a"], "bundle-path-invalid"],
    ["twice but for case", ["A", "a"], "bundle-path-invalid"],
    ["that is a folder, too", ["a", "a-b", "a/b"], "bundle-path-invalid"],
    ["under a name of the container", ["manifest.json"], "bundle-part-invalid"],
    ["in the container's folder", ["meta-inf/x"], "bundle-part-invalid"],
  ])("with a part %s, and an older file stays", async (_name, paths, code) => {
    const parts = paths.map((path) => textPart(path, "1"));
    await expectOlderFileUntouched(() => writeContainer(request(parts)), { code });
  });

  test("when parts that come one by one are not in order", async () => {
    async function* parts() {
      yield textPart("b", "1");
      yield textPart("a", "2");
    }
    await expectOlderFileUntouched(() => writeContainer(request(parts())), { code: "bundle-part-invalid" });
  });

  test("when a part is not as large as announced", async () => {
    for (const size of [4, 6]) {
      for (const part of [streamedPart("a", ["12345"], { size }), largePart("a", ["123", "45"], { size })])
        await expectOlderFileUntouched(() => writeContainer(request([part])), { code: "bundle-part-invalid" });
    }
  });

  test("when a part cannot be read to its end", async () => {
    const bytes = () =>
      Readable.from(
        (async function* () {
          yield Buffer.alloc(100_000);
          throw new Error("the evidence store is gone");
        })(),
      );
    const parts = [textPart("a", "1"), textPart("b", "", { bytes }), textPart("c", "1")];
    await expectOlderFileUntouched(() => writeContainer(request(parts)), { message: "the evidence store is gone" });
  });

  test("when it is cancelled before, between or amid parts", async () => {
    const before = AbortSignal.abort();
    await expectOlderFileUntouched(() => writeContainer({ ...request([]), signal: before }), { code: "cancelled" });
    const between = new AbortController();
    const parts = [textPart("a", "1"), textPart("b", "2")];
    const onProgress = () => between.abort();
    await expectOlderFileUntouched(() => writeContainer({ ...request(parts), onProgress, signal: between.signal }), {
      code: "cancelled",
    });
    const amid = new AbortController();
    const neverEnding = () =>
      new Readable({
        read() {
          setTimeout(() => amid.abort(), 10);
        },
      });
    await expectOlderFileUntouched(
      () => writeContainer({ ...request([textPart("a", "", { bytes: neverEnding })]), signal: amid.signal }),
      { code: "cancelled" },
    );
  });

  test("when the certificate has expired", async () => {
    const late = { ...request([]), signedAt: "2040-01-01T00:00:00.000Z" };
    await expectOlderFileUntouched(() => writeContainer(late), { code: "identity-invalid" });
  });

  test("into a folder that is not there", async () => {
    const nowhere = { ...request([]), target: `${place}/nowhere/bundle.zip` };
    await expect(writeContainer(nowhere)).rejects.toMatchObject({ code: "file-unwritable" });
    expect(existsSync(`${place}/nowhere`)).toBe(false);
  });

  test("in the place of a folder", async () => {
    mkdirSync(`${place}/bundle.zip`);
    await expect(writeContainer(request([]))).rejects.toMatchObject({ code: "file-unwritable" });
    expect(readdirSync(place)).toEqual(["bundle.zip"]);
  });
});

test("a container may have more files than the classic ZIP can count", async () => {
  async function* parts() {
    for (let index = 0; index < 65_600; index++)
      yield textPart(`evidence/${String(index).padStart(6, "0")}`, `${index}`);
  }
  const { identity } = await newSigner();
  const target = `${place}/bundle.zip`;
  await writeContainer({ parts: parts(), info: manifestInfo, identity, signedAt, target });
  expect(run("unzip", ["-tq", target])).toContain("No errors detected");
  const archive = await openArchive(target);
  expect(archive.entries.size).toBe(65_600 + 5);
  expect(archive.deviation).toBeNull();
  expect((await archive.read("evidence/065599", 10)).toString()).toBe("65599");
  await archive.close();
});
