import { describe, expect, test } from "vitest";
import { encodeAsicManifest } from "../../../shared/bundle/asic-manifest.ts";
import {
  buildManifest,
  formatVersion,
  type ManifestFile,
  type ManifestInfo,
  parseManifest,
} from "../../../shared/bundle/manifest.ts";
import { encodeSha256Sums } from "../../../shared/bundle/sha256sums.ts";
import { encodeCanonical } from "../../../shared/model/canonical-json.ts";

const info: ManifestInfo = {
  tool: { name: "Tickmark", version: "0.1.0" },
  engagement: {
    id: "e-1",
    name: "Change management 2025",
    entity: "Example AG",
    from: "2025-01-01",
    to: "2025-07-01",
    timeZone: "Europe/Zurich",
  },
  createdAt: "2025-07-15T10:00:00.000Z",
  activityHead: "a".repeat(64),
};

function file(path: string, over: Partial<ManifestFile> = {}): ManifestFile {
  return { path, size: 3, sha256: "b".repeat(64), mediaType: "application/json", role: "results", ...over };
}

const partInvalid = expect.objectContaining({ code: "bundle-part-invalid" });

describe("the manifest", () => {
  test("lists its files by path, in whatever order they come", () => {
    const manifest = buildManifest(info, [file("b"), file("a/z"), file("Z")]);
    expect(manifest.files.map(({ path }) => path)).toEqual(["Z", "a/z", "b"]);
  });

  test("is read back as it was written", () => {
    const manifest = buildManifest(info, [file("b"), file("a")]);
    expect(parseManifest(encodeCanonical(manifest))).toEqual(manifest);
  });

  test("of a newer format is refused as such, whatever else it holds", () => {
    const newer = `{"format":"tickmark-bundle","formatVersion":${formatVersion + 1},"somethingNew":true}`;
    expect(() => parseManifest(newer)).toThrow(expect.objectContaining({ code: "bundle-format-newer" }));
  });

  const written = encodeCanonical(buildManifest(info, [file("a"), file("b")]));
  test.each([
    ["that is no JSON", "PK"],
    ["with white space", `${written} `],
    ["with a key twice", written.replace('"role":"results"', '"role":"facts","role":"results"')],
    ["with a member too many", written.replace('"role"', '"extra":1,"role"')],
    ["with an unknown role", written.replace('"role":"results"', '"role":"payload"')],
    ["that is not sorted", written.replace('"path":"a"', '"path":"c"')],
    ["with another digest algorithm", written.replace("b".repeat(64), "b".repeat(40))],
    ["with a negative size", written.replace('"size":3', '"size":-3')],
    ["with a name of the container", written.replace('"path":"a"', '"path":"Meta-Inf/x"')],
    ["of another format", written.replace("tickmark-bundle", "other-bundle")],
  ])("%s is refused", (_name, text) => {
    expect(text).not.toBe(written);
    expect(() => parseManifest(text)).toThrow(partInvalid);
  });

  test("with a path out of the folder or twice is refused", () => {
    const pathInvalid = expect.objectContaining({ code: "bundle-path-invalid" });
    expect(() => parseManifest(written.replace('"path":"a"', '"path":"../a"'))).toThrow(pathInvalid);
    expect(() => buildManifest(info, [file("a"), file("a")])).toThrow(pathInvalid);
  });
});

describe("SHA256SUMS", () => {
  test("has a line for each file and for the manifest, as sha256sum writes it", () => {
    const manifest = buildManifest(info, [file("a b"), file("ä")]);
    expect(encodeSha256Sums(manifest, "c".repeat(64))).toBe(
      `${"b".repeat(64)}  a b\n${"b".repeat(64)}  ä\n${"c".repeat(64)}  manifest.json\n`,
    );
  });
});

describe("the ASiC manifest", () => {
  test("refers to each file by URI, with what XML and URIs reserve escaped", () => {
    const text = encodeAsicManifest([
      { path: "items/a&b 'ä'.json", mediaType: "application/json", sha256Base64: "AAAA" },
    ]);
    expect(text).toContain('URI="items/a%26b%20&apos;%C3%A4&apos;.json" MimeType="application/json"');
    expect(text).toContain("<ds:DigestValue>AAAA</ds:DigestValue>");
  });
});
