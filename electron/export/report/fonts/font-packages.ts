import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { z } from "zod";

/** How a text is set: the running text, the same in semibold, or letters of one width for ids and rules. */
export type Face = "text" | "strong" | "mono";

/*
 * Families of the npm packages `@fontsource-variable/<name>`, asked in this order for each letter. A family that is not
 * installed is passed over: its letters are then shown by their Unicode numbers, which is ugly and true.
 */
const otherScripts = [
  "noto-sans-arabic",
  "noto-sans-hebrew",
  "noto-sans-sc",
  "noto-sans-kr",
  "noto-sans-thai",
  "noto-sans-devanagari",
  "noto-emoji",
];
const families: Readonly<Record<Face, readonly string[]>> = {
  text: ["inter", ...otherScripts],
  strong: ["inter", ...otherScripts],
  mono: ["jetbrains-mono", "inter", ...otherScripts],
};

/** One file of a family: families are cut into files by the letters that they hold. */
export interface FontFile {
  readonly name: string;
  readonly path: string;
  holds(codePoint: number): boolean;
}

/** The files of a face, in the order in which they are asked for a letter. */
export function listFontFiles(face: Face): FontFile[] {
  return families[face].flatMap(listFamily);
}

const familyFiles = new Map<string, FontFile[]>();

function listFamily(family: string): FontFile[] {
  let files = familyFiles.get(family);
  if (files === undefined) {
    files = readFamily(family);
    familyFiles.set(family, files);
  }
  return files;
}

function readFamily(family: string): FontFile[] {
  const folder = locatePackage(`@fontsource-variable/${family}`);
  if (folder === null) return [];
  const ranges = z.record(z.string(), z.string()).parse(JSON.parse(readFileSync(join(folder, "unicode.json"), "utf8")));
  return Object.entries(ranges).map(([key, text]) => {
    const part = key.replace(/^\[|\]$/g, "");
    const name = `${family}-${part}`;
    const path = join(folder, "files", `${name}-wght-normal.woff2`);
    const bounds = text.split(",").map(readRange);
    return { name, path, holds: (point) => bounds.some(([from, to]) => point >= from && point <= to) };
  });
}

/** `U+41` or `U+41-5a`, as style sheets write them. */
function readRange(text: string): [number, number] {
  const [from = "", to = from] = text.trim().replace(/^U\+/i, "").split("-");
  return [Number.parseInt(from, 16), Number.parseInt(to, 16)];
}

function locatePackage(name: string): string | null {
  try {
    return dirname(createRequire(import.meta.url).resolve(`${name}/package.json`));
  } catch {
    return null;
  }
}
