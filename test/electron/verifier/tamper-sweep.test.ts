import { closeSync, mkdirSync, openSync, readdirSync, readFileSync, writeFileSync, writeSync } from "node:fs";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { openArchive } from "../../../electron/verifier/archive.ts";
import type { TrustedSigner } from "../../../electron/verifier/trust.ts";
import { verifyBundle } from "../../../electron/verifier/verify-bundle.ts";
import { type ErrorCode, TickmarkError } from "../../../shared/errors.ts";
import { temporaryFolder } from "../export/real-tools.ts";
import { textPart } from "../export/sample-parts.ts";
import { newSigner } from "../export/signers.ts";
import { filesOf, foundTheSame, writeBundle } from "./sample-bundle.ts";

/**
 * Set to `full`, every byte of both bundles is changed, and of the small one bit by bit, which takes many minutes. Without it each
 * byte of the small one's records, where archives are forged, and of the rest a part that is spread evenly.
 */
const isFull = process.env.TICKMARK_SWEEP === "full";

const now = new Date("2026-01-01T00:00:00Z");
const faults: readonly ErrorCode[] = [
  "bundle-hostile",
  "bundle-truncated",
  "bundle-not-an-archive",
  "bundle-too-large",
  "bundle-format-newer",
];

/** A bundle of which copies are changed; nothing else may ever be in its folder. */
interface Swept {
  readonly folder: string;
  readonly path: string;
  readonly honest: Buffer;
  readonly files: ReadonlyMap<string, Buffer>;
  /** Bytes of the file that are no file's content: headers, directory, end. */
  readonly records: ReadonlySet<number>;
  /** Where compressed bytes end: the last of them may hold bits that mean nothing. */
  readonly packedEnds: ReadonlySet<number>;
}

const place = temporaryFolder();
afterAll(() => place[Symbol.dispose]());

let trustedSigners: TrustedSigner[];
let small: Swept;
let usual: Swept;
beforeAll(async () => {
  const signer = await newSigner();
  trustedSigners = [{ name: "Ada", fingerprint: signer.fingerprint, addedAt: "2025-01-02T00:00:00.000Z" }];
  const parts = [
    textPart("results.json", "[1,2]"),
    textPart("Übersicht.json", "{}"),
    textPart("notes", "a".repeat(200)),
  ];
  await writeBundle(place.at("small.zip"), signer.identity, parts);
  await writeBundle(place.at("usual.zip"), signer.identity);
  small = await prepare("small");
  usual = await prepare("usual");
});

async function prepare(name: string): Promise<Swept> {
  const from = place.at(`${name}.zip`);
  const folder = place.at(name);
  const honest = readFileSync(from);
  const archive = await openArchive(from);
  const entries = [...archive.entries.values()];
  await archive.close();
  const isContent = (at: number) =>
    entries.some((each) => at >= each.dataStart && at < each.dataStart + each.compressedSize);
  mkdirSync(folder);
  writeFileSync(`${folder}/bundle.zip`, honest);
  return {
    folder,
    path: `${folder}/bundle.zip`,
    honest,
    files: await filesOf(from),
    records: new Set(Array.from(honest.keys()).filter((at) => !isContent(at))),
    packedEnds: new Set(
      entries.flatMap((each) => (each.method === 8 ? [each.dataStart + each.compressedSize - 1] : [])),
    ),
  };
}

/** The verdict, or the code of the fault. Whatever else is thrown is a bug and fails the test. */
async function outcomeOf({ path }: Swept): Promise<string> {
  try {
    const { verdict } = await verifyBundle({ zipPath: path, trustedSigners, now, reperform: foundTheSame });
    return verdict;
  } catch (error) {
    if (error instanceof TickmarkError && faults.includes(error.code)) return error.code;
    throw error;
  }
}

async function expectSeen(swept: Swept, at: number, mask = 1 << (at % 8)): Promise<void> {
  const original = swept.honest[at] ?? 0;
  patch(swept.path, at, original ^ mask);
  try {
    const outcome = await outcomeOf(swept);
    if (outcome === "verified" && !swept.records.has(at)) {
      // There is more than one way to pack the same bytes, and bits behind the end of what is packed: nothing else may differ.
      expect(await filesOf(swept.path)).toEqual(swept.files);
      return;
    }
    if (!/^(failed|bundle-.*)$/.test(outcome)) expect({ at, mask, outcome }).toBe("an outcome that says so");
  } finally {
    patch(swept.path, at, original);
  }
}

function patch(path: string, at: number, byte: number): void {
  const file = openSync(path, "r+");
  writeSync(file, Buffer.from([byte]), 0, 1, at);
  closeSync(file);
}

/** Each `step`-th byte, and those of `also`. */
async function sweep(swept: Swept, step: number, also: Iterable<number>, masks: readonly number[]): Promise<void> {
  const places = new Set([...also, ...swept.packedEnds]);
  for (let at = 0; at < swept.honest.length; at += isFull ? 1 : step) places.add(at);
  for (const at of places) {
    await expectSeen(swept, at);
    for (const mask of isFull ? masks : []) await expectSeen(swept, at, mask);
  }
  expect(readdirSync(swept.folder)).toEqual(["bundle.zip"]);
  expect(readFileSync(swept.path).equals(swept.honest)).toBe(true);
  expect(await outcomeOf(swept)).toBe("verified");
}

const timing = isFull ? { timeout: 10 * 60 * 60 * 1000 } : {};

describe("a change of one byte is reported, wherever it is", () => {
  test("of a small bundle: in every byte of its records, and throughout the rest", timing, async () => {
    expect(small.records.size).toBeGreaterThan(800);
    await sweep(small, 7, small.records, [1, 2, 4, 8, 16, 32, 64, 128, 255]);
  });

  test("of a bundle with a report, throughout", timing, async () => {
    await sweep(usual, Math.floor(usual.honest.length / 250), [], []);
  });
});

test("a bundle that is cut off is not verified, wherever it ends", async () => {
  const lengths = [...Array.from({ length: Math.ceil(usual.honest.length / 1000) }, (_, index) => index * 1000)];
  for (const length of [...lengths, usual.honest.length - 1]) {
    writeFileSync(usual.path, usual.honest.subarray(0, length));
    expect([length, await outcomeOf(usual)]).toEqual([
      length,
      expect.stringMatching(/^bundle-(truncated|not-an-archive|hostile)$/),
    ]);
  }
  writeFileSync(usual.path, usual.honest);
});

test("a bundle with a byte put in or taken out is not verified, wherever it is", async () => {
  for (let at = 50; at < usual.honest.length; at += Math.floor(usual.honest.length / 40)) {
    const [head, tail] = [usual.honest.subarray(0, at), usual.honest.subarray(at)];
    for (const changed of [Buffer.concat([head, Buffer.from([0]), tail]), Buffer.concat([head, tail.subarray(1)])]) {
      writeFileSync(usual.path, changed);
      expect(await outcomeOf(usual)).toMatch(/^(failed|bundle-.*)$/);
    }
  }
  writeFileSync(usual.path, usual.honest);
});
