import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { gunzipSync, gzipSync } from "node:zlib";
import { afterAll, beforeAll, expect, test } from "vitest";
import { root } from "../../../../build/install.mjs";
import { writeReport } from "../../../../electron/export/report/report.ts";
import { run, temporaryFolder } from "../real-tools.ts";
import { inventContent } from "./report-content.ts";

/*
 * Pages as pictures against those that were looked at and kept. After a change that is meant, look at the new pages and keep
 * them: TICKMARK_KEEP_PICTURES=1 npm test -- report-pictures.
 */

const kept = join(root, "test/fixtures/report-pages");
const folder = temporaryFolder();
afterAll(() => folder[Symbol.dispose]());

interface Picture {
  readonly width: number;
  readonly height: number;
  /** Greys, row by row. */
  readonly pixels: Uint8Array;
}

function readPgm(bytes: Buffer): Picture {
  const [, width, height] = /^P5\s+(\d+)\s+(\d+)\s+255\s/.exec(bytes.subarray(0, 40).toString("latin1")) ?? [];
  const size = Number(width) * Number(height);
  return { width: Number(width), height: Number(height), pixels: bytes.subarray(bytes.length - size) };
}

/** Squares of this many pixels are compared by their mean: another rasteriser may set a letter a little otherwise. */
const square = 12;

/** The greatest difference of a square's mean grey, of 255. */
function differenceOf(one: Picture, other: Picture): number {
  if (one.width !== other.width || one.height !== other.height) return 255;
  let most = 0;
  for (let top = 0; top + square <= one.height; top += square) {
    for (let left = 0; left + square <= one.width; left += square) {
      let sum = 0;
      for (let y = top; y < top + square; y += 1) {
        for (let x = left; x < left + square; x += 1) {
          const at = y * one.width + x;
          sum += (one.pixels[at] ?? 0) - (other.pixels[at] ?? 0);
        }
      }
      most = Math.max(most, Math.abs(sum) / square ** 2);
    }
  }
  return most;
}

let pages: readonly string[];
beforeAll(async () => {
  writeFileSync(folder.at("report.pdf"), await writeReport(inventContent({ changes: 3, deployments: 1 })));
  run("pdftoppm", ["-gray", "-r", "48", folder.at("report.pdf"), folder.at("page")]);
  pages = readdirSync(folder.path).filter((name) => name.endsWith(".pgm"));
  if (process.env.TICKMARK_KEEP_PICTURES !== undefined) {
    mkdirSync(kept, { recursive: true });
    for (const page of pages)
      writeFileSync(join(kept, `${page}.gz`), gzipSync(readFileSync(folder.at(page)), { level: 9 }));
  }
});

function keptPage(page: string): Picture {
  return readPgm(gunzipSync(readFileSync(join(kept, `${page}.gz`))));
}

test("every page of the report looks as the one that was looked at", () => {
  expect(pages.map((page) => `${page}.gz`).toSorted()).toEqual(readdirSync(kept).toSorted());
  for (const page of pages) {
    const difference = differenceOf(readPgm(readFileSync(folder.at(page))), keptPage(page));
    expect([page, Math.round(difference)]).toEqual([page, expect.toSatisfy((most: number) => most <= 24)]);
  }
});

test("a word that is missing from a page is seen", () => {
  const [page = ""] = pages;
  expect(existsSync(folder.at(page))).toBe(true);
  const whole = keptPage(page);
  const pixels = Uint8Array.from(whole.pixels);
  // White where the heading stands.
  const heading = pixels.findIndex((grey) => grey < 80);
  for (let y = 0; y < 14; y += 1) pixels.fill(255, heading + y * whole.width - 10, heading + y * whole.width + 60);
  expect(differenceOf(whole, { ...whole, pixels })).toBeGreaterThan(24);
});
