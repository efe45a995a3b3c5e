import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { asicManifestLines } from "../../../shared/bundle/asic-manifest.ts";
import {
  formatVersion,
  headOf,
  type ManifestFile,
  type ManifestInfo,
  manifestPieces,
} from "../../../shared/bundle/manifest.ts";
import { ManifestReader, parseManifest } from "../../../shared/bundle/manifest-reading.ts";
import { sha256SumsLines } from "../../../shared/bundle/sha256sums.ts";
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

const textOf = (...files: readonly ManifestFile[]) => [...manifestPieces(headOf(info), files)].join("");

describe("the manifest", () => {
  test("is written in canonical JSON", () => {
    const files = [file("Z"), file("a/z"), file("b")];
    const whole = { format: "tickmark-bundle", formatVersion, ...info, files };
    expect(textOf(...files)).toBe(encodeCanonical(whole));
    expect(textOf()).toBe(encodeCanonical({ ...whole, files: [] }));
  });

  test("is read back as it was written, wherever it is cut on the way", () => {
    const named = `evidence/${"b".repeat(64)}`;
    const files = [
      file('a,"]b{'.replaceAll('"', "'")),
      file("b", { size: 2 ** 40, mediaType: "text/csv" }),
      file(named),
    ];
    const text = textOf(...files);
    fc.assert(
      fc.property(fc.array(fc.nat(text.length), { maxLength: 8 }), (cuts) => {
        const reader = new ManifestReader();
        const places = [0, ...cuts.sort((one, other) => one - other), text.length];
        for (const [index, from] of places.entries()) reader.push(text.slice(from, places[index + 1] ?? text.length));
        const { files: read, ...head } = reader.finish();
        expect(head).toEqual(headOf(info));
        expect([...read]).toEqual(files);
        for (const each of files) expect(read.named(each.path)).toEqual(each);
        expect(read.named("aa")).toBeUndefined();
      }),
      { numRuns: 200 },
    );
    expect([...parseManifest(textOf()).files]).toEqual([]);
  });

  test("of a newer format is refused as such, whatever else it holds", () => {
    const newer = `{"format":"tickmark-bundle","formatVersion":${formatVersion + 1},"somethingNew":true}`;
    expect(() => parseManifest(newer)).toThrow(expect.objectContaining({ code: "bundle-format-newer" }));
  });

  const written = textOf(file("a"), file("b"));
  test.each([
    ["that is no JSON", "PK"],
    ["with white space", `${written} `],
    ["with white space in its list", written.replace("},{", "}, {")],
    ["with nothing where a file should be", written.replace("},{", "},,{")],
    ["with a comma behind its last file", written.replace("}]", "},]")],
    ["with two lists", written.replace('"format"', '"files":[],"format"')],
    ["without a list", written.replace(/"files":\[.*\],/, "")],
    ["with an empty list that is spelt otherwise", textOf().replace("[]", "[ ]")],
    ["that ends within its list", written.slice(0, written.indexOf("},{") + 3)],
    ["with something behind its end", `${written}${"x".repeat(3_000_000)}`],
    ["with a name of a program that never ends", written.replace("Tickmark", "T".repeat(3_000_000))],
    ["with a file that never ends", written.replace("application/json", `application/${"j".repeat(100_000)}`)],
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
    for (const [one, other] of [
      ["a", "a"],
      ["A", "a"],
      ["a", "a/b"],
    ] as const)
      expect(() => parseManifest(textOf(file(one), file(other)))).toThrow(pathInvalid);
  });
});

describe("SHA256SUMS", () => {
  test("has a line for each file and for the manifest, as sha256sum writes it", () => {
    expect([...sha256SumsLines([file("a b"), file("ä")], "c".repeat(64))]).toEqual([
      `${"b".repeat(64)}  a b\n`,
      `${"b".repeat(64)}  ä\n`,
      `${"c".repeat(64)}  manifest.json\n`,
    ]);
  });
});

describe("the ASiC manifest", () => {
  test("refers to each file by URI, with what XML and URIs reserve escaped", () => {
    const reference = { path: "items/a&b 'ä'.json", mediaType: "application/json", sha256Base64: "AAAA" };
    const text = [...asicManifestLines([reference])].join("");
    expect(text).toContain('URI="items/a%26b%20&apos;%C3%A4&apos;.json" MimeType="application/json"');
    expect(text).toContain("<ds:DigestValue>AAAA</ds:DigestValue>");
  });
});
