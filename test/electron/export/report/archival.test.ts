import { readFileSync, writeFileSync } from "node:fs";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { readFont } from "../../../../electron/export/report/fonts/font-reader.ts";
import { writeReport } from "../../../../electron/export/report/report.ts";
import { signPdf } from "../../../../electron/export/sign-pdf.ts";
import { attempt, run, temporaryFolder } from "../real-tools.ts";
import { newSigner } from "../signers.ts";
import { hostileContent } from "./hostile-content.ts";

/*
 * What ISO 19005-2 (PDF/A-2) asks for at level A, as far as it can be read from the file by programs that are not ours. No validator of
 * PDF/A-2 is to be had here; Debian has one of PDF/A-1b, whose clauses on fonts, colours, annotations and metadata are the same but
 * for those that are named below.
 */

const folder = temporaryFolder();
afterAll(() => folder[Symbol.dispose]());
const path = folder.at("signed.pdf");

type Value = null | boolean | number | string | readonly Value[] | Dictionary;
interface Dictionary {
  readonly [key: string]: Value;
}

let objects: ReadonlyMap<string, Value>;
/** Unpacked, in Base64. */
let streams: ReadonlyMap<string, string>;
let dictionaries: readonly Dictionary[];
let metadata: string;

/** As qpdf writes it: streams by their dictionaries, indirect objects by `12 0 R`. */
interface QpdfJson {
  readonly qpdf: readonly [
    unknown,
    Readonly<
      Record<string, { readonly value: Value } | { readonly stream: { readonly dict: Value; readonly data: string } }>
    >,
  ];
}

beforeAll(async () => {
  const { identity } = await newSigner();
  const details = { name: "Ada Auditor", signedAt: "2025-07-16T10:00:00.000Z" };
  const once = await signPdf(await writeReport(hostileContent()), identity, { ...details, reason: "Prepared" });
  writeFileSync(path, await signPdf(once, identity, { ...details, reason: "Reviewed" }));
  const { qpdf } = JSON.parse(run("qpdf", ["--json=2", "--json-stream-data=inline", path])) as QpdfJson;
  const named = Object.entries(qpdf[1]).map(([name, object]) => [name.replace(/^obj:/, ""), object] as const);
  const values = named.map(([name, object]) => [name, "value" in object ? object.value : object.stream.dict] as const);
  objects = new Map(values);
  streams = new Map(named.flatMap(([name, object]) => ("stream" in object ? [[name, object.stream.data]] : [])));
  dictionaries = values.flatMap(([, value]) => [...dictionariesIn(value)]);
  metadata = run("pdfinfo", ["-meta", path]);
});

function* dictionariesIn(value: Value): Generator<Dictionary> {
  if (typeof value !== "object" || value === null) return;
  if (isDictionary(value)) yield value;
  for (const each of Object.values(value)) yield* dictionariesIn(each);
}

function isDictionary(value: Value): value is Dictionary {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function resolve(value: Value | undefined): Value {
  return typeof value === "string" && objects.has(value) ? (objects.get(value) ?? null) : (value ?? null);
}

function dictionaryAt(of: Dictionary, key: string): Dictionary {
  const value = resolve(of[key]);
  if (!isDictionary(value)) throw new Error(`${key} is no dictionary.`);
  return value;
}

function listAt(of: Dictionary, key: string): readonly Value[] {
  const value = resolve(of[key]);
  if (!Array.isArray(value)) throw new Error(`${key} is no list.`);
  return value as readonly Value[];
}

function streamOf(reference: Value | undefined): Buffer {
  return Buffer.from(streams.get(String(reference)) ?? "", "base64");
}

const catalog = () => dictionaryAt(dictionaryAt({ trailer: objects.get("trailer") ?? null }, "trailer"), "/Root");
const ofType = (type: string) => dictionaries.filter((each) => each["/Type"] === type);
const textOf = (value: Value) => String(resolve(value)).replace(/^u:/, "");

describe("a report, signed twice, as a document for an archive", () => {
  test("is taken by a validator of PDF/A-1b in all but what PDF/A-2 has otherwise", () => {
    const jars = [
      "preflight",
      "xmpbox",
      "pdfbox2",
      "fontbox2",
      "commons-logging",
      "commons-io",
      "javax.activation",
      "jaxb-api",
    ];
    const classes = jars.map((jar) => `/usr/share/java/${jar}.jar`).join(":");
    const { output } = attempt("java", ["-cp", classes, "org.apache.pdfbox.preflight.Validator_A1b", path]);
    const said = new Set(output.matchAll(/^(\d[\d.]+) : (.*)$/gm).map(([, code, what]) => `${code} ${what}`));
    const elsewise = [
      // Which part it is.
      /^7\.11\.2 .*part must be 1/,
      // ISO 19005-2, 6.2.11.4.2: only where there is one has it to be right.
      /^3\.1\.11 .*The CIDSet entry is missing/,
      // ISO 19005-2, 6.3.3: not of one that has no size, as an invisible signature.
      /^5\.3\.1 .*widget annotation lacks an appearance dictionary/,
    ];
    for (const pattern of elsewise) expect([...said].filter((each) => pattern.test(each))).not.toEqual([]);
    expect([...said].filter((each) => !elsewise.some((pattern) => pattern.test(each)))).toEqual([]);
  });

  test("says which part it conforms to, and the same of itself in both places (6.6)", () => {
    expect(metadata).toContain("<pdfaid:part>2</pdfaid:part><pdfaid:conformance>A</pdfaid:conformance>");
    const info = dictionaryAt(objects.get("trailer") as Dictionary, "/Info");
    const stated = (tag: string) => new RegExp(`<${tag}>(?:<[^>]*>)*([^<]*)<`).exec(metadata)?.[1];
    const plain = (text = "") => text.replaceAll("&lt;", "<").replaceAll("&gt;", ">").replaceAll("&amp;", "&");
    const pairs = {
      ...{ "/Title": "dc:title", "/Author": "dc:creator", "/Subject": "dc:description", "/Keywords": "pdf:Keywords" },
      ...{ "/Producer": "pdf:Producer", "/Creator": "xmp:CreatorTool" },
    };
    for (const [key, tag] of Object.entries(pairs)) expect(plain(stated(tag))).toBe(textOf(info[key] ?? null));
    const date = stated("xmp:CreateDate") ?? "";
    expect(textOf(info["/CreationDate"] ?? null)).toBe(`D:${date.replace(/[-T:]/g, "")}`);
    expect(Object.keys(info).toSorted()).toEqual([...Object.keys(pairs), "/CreationDate"].toSorted());
    expect(dictionaryAt(catalog(), "/Metadata")["/Filter"]).toBeUndefined();
  });

  test("has the shape of file that is asked for (6.1)", () => {
    const bytes = readFileSync(path);
    expect(bytes.toString("latin1", 0, 9)).toBe("%PDF-1.7\n");
    expect(bytes.subarray(9, 14).every((byte, index) => (index === 0 ? byte === 0x25 : byte > 127))).toBe(true);
    expect(bytes.toString("latin1").endsWith("%%EOF\n")).toBe(true);
    const trailer = objects.get("trailer") as Dictionary;
    expect(listAt(trailer, "/ID")).toHaveLength(2);
    expect(trailer["/Encrypt"]).toBeUndefined();
    const filters = bytes.toString("latin1").matchAll(/\/Filter\s*\[?\s*(\/\w+)/g);
    expect([...new Set(Array.from(filters, ([, filter]) => filter))].toSorted()).toEqual(["/Adobe", "/FlateDecode"]);
  });

  test("has nothing that acts, plays, or lies elsewhere (6.1, 6.2, 6.5, 6.8, 6.9)", () => {
    const forbidden = ["/AA", "/OpenAction", "/JS", "/JavaScript", "/EF", "/EmbeddedFiles", "/AF", "/OCProperties"];
    const others = ["/Requirements", "/FFilter", "/FDecodeParams", "/TR", "/TR2", "/HTP", "/Alternates", "/OPI"];
    const groups = ["/Group", "/SMask", "/PresSteps", "/AlternatePresentations", "/NeedAppearances", "/XFA", "/Perms"];
    const keys = new Set(dictionaries.flatMap(Object.keys));
    for (const key of [...forbidden, ...others, ...groups]) expect([key, keys.has(key)]).toEqual([key, false]);
    const actions = new Set(
      dictionaries.flatMap((each) => (each["/A"] === undefined ? [] : [dictionaryAt(each, "/A")["/S"]])),
    );
    expect([...actions]).toEqual(["/GoTo"]);
  });

  test("prints all its links and signatures as they are on the screen (6.3)", () => {
    const annotations = ofType("/Annot");
    const kinds = Map.groupBy(annotations, (each) => each["/Subtype"]);
    expect([...kinds.keys()].toSorted()).toEqual(["/Link", "/Widget"]);
    for (const { "/F": flags } of annotations) {
      // Print, and neither Invisible, Hidden, NoView nor ToggleNoView.
      expect(Number(flags) & 0b1_0010_0111).toBe(0b100);
    }
    const widgets = kinds.get("/Widget") ?? [];
    expect(widgets).toHaveLength(2);
    for (const widget of widgets) expect(listAt(widget, "/Rect")).toEqual([0, 0, 0, 0]);
  });

  test("has one meaning for its colours, which another program reads as sRGB (6.2.3)", () => {
    const intents = listAt(catalog(), "/OutputIntents").map(resolve);
    expect(intents).toHaveLength(1);
    const [intent] = intents as Dictionary[];
    expect(intent?.["/S"]).toBe("/GTS_PDFA1");
    expect(dictionaryAt(intent as Dictionary, "/DestOutputProfile")["/N"]).toBe(3);
    writeFileSync(folder.at("profile.icc"), streamOf(intent?.["/DestOutputProfile"]));
    const colours = [
      [0, 0, 0],
      [255, 255, 255],
      [255, 0, 0],
      [0, 255, 0],
      [0, 0, 255],
      [3, 128, 77],
      [200, 9, 250],
    ];
    const input = `${colours.map((colour) => colour.join(" ")).join("\n")}\n`;
    const lines = run("transicc", ["-t1", "-n", "-i", folder.at("profile.icc"), "-o", "*sRGB"], { input });
    const read = lines.split("\n").filter((line) => /^-?[\d.]+ -?[\d.]+ -?[\d.]+ *$/.test(line));
    expect(read).toHaveLength(colours.length);
    for (const [index, colour] of colours.entries()) {
      for (const [channel, value] of (read[index] ?? "").trim().split(" ").entries()) {
        expect(Math.abs(Number(value) - (colour[channel] ?? 0))).toBeLessThan(0.3);
      }
    }
  });

  test("tells the letters and the width of each glyph, in every script (6.2.11)", () => {
    const fonts = ofType("/Font");
    const whole = fonts.filter((font) => font["/Subtype"] === "/Type0");
    expect(new Set(fonts.map((font) => font["/Subtype"]))).toEqual(new Set(["/Type0", "/CIDFontType2"]));
    expect(whole.length).toBeGreaterThan(20);
    for (const font of whole) {
      const [only] = listAt(font, "/DescendantFonts").map(resolve) as Dictionary[];
      if (only === undefined) throw new Error("The font has no descendant.");
      const [first, widths] = listAt(only, "/W");
      expect([font["/Encoding"], only["/CIDToGIDMap"], first]).toEqual(["/Identity-H", "/Identity", 0]);
      const embedded = readFont(streamOf(dictionaryAt(only, "/FontDescriptor")["/FontFile2"]));
      for (const [glyph, width] of (widths as number[]).entries()) {
        const drawn = (embedded.getGlyph(glyph).advanceWidth * 1000) / embedded.unitsPerEm;
        expect(Math.abs(drawn - width)).toBeLessThanOrEqual(1);
      }
      const map = streamOf(font["/ToUnicode"]).toString();
      const letters = Array.from(map.matchAll(/\[(.*?)\]/gs), ([, list = ""]) => list.match(/<[^>]*>/g) ?? []).flat();
      expect(letters).toHaveLength((widths as number[]).length);
      for (const each of letters) expect(each).toMatch(/^<(?!0000>|feff>|fffe>)[0-9a-f]{4}(?: [0-9a-f]{4})*>$/);
    }
  });

  test("is tagged with the standard's own structure types, and names its language (6.7)", () => {
    expect(dictionaryAt(catalog(), "/MarkInfo")["/Marked"]).toBe(true);
    expect(textOf(catalog()["/Lang"] ?? null)).toBe("en-GB");
    const elements = dictionaries.filter((each) => "/S" in each && "/P" in each && "/K" in each);
    const types = new Set(elements.map((each) => String(each["/S"]).slice(1)));
    // ISO 32000-1, 14.8.4: those that the report uses.
    const standard = ["Document", "Sect", "H1", "H2", "H3", "P", "TOC", "TOCI", "L", "LI", "Lbl", "LBody", "Code"];
    const tables = ["Table", "TR", "TH", "TD", "Figure"];
    expect([...types].filter((type) => ![...standard, ...tables].includes(type))).toEqual([]);
    expect(types.size).toBeGreaterThan(12);
  });
});
