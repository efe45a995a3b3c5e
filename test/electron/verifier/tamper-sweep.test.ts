import { readFileSync, writeFileSync } from "node:fs";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { openArchive } from "../../../electron/verifier/archive.ts";
import type { TrustedSigner } from "../../../electron/verifier/trust.ts";
import { verifyBundle } from "../../../electron/verifier/verify-bundle.ts";
import { type ErrorCode, TickmarkError } from "../../../shared/errors.ts";
import { temporaryFolder } from "../export/real-tools.ts";
import { newSigner } from "../export/signers.ts";
import { filesOf, foundTheSame, writeBundle } from "./sample-bundle.ts";

const folder = temporaryFolder();
afterAll(() => folder[Symbol.dispose]());

const honestPath = folder.at("honest.zip");
const changedPath = folder.at("changed.zip");
let honest: Buffer;
let trustedSigners: TrustedSigner[];
/** Where deflated bytes lie: their last byte may hold bits that mean nothing. */
let packedEnds: Set<number>;
beforeAll(async () => {
  const signer = await newSigner();
  await writeBundle(honestPath, signer.identity);
  honest = readFileSync(honestPath);
  trustedSigners = [{ name: "Ada", fingerprint: signer.fingerprint, addedAt: "2025-01-02T00:00:00.000Z" }];
  const archive = await openArchive(honestPath);
  packedEnds = new Set(
    Array.from(archive.entries.values(), (entry) =>
      entry.method === 8 ? entry.dataStart + entry.compressedSize - 1 : -1,
    ),
  );
  await archive.close();
});

const now = new Date("2026-01-01T00:00:00Z");
const faults: readonly ErrorCode[] = [
  "bundle-hostile",
  "bundle-truncated",
  "bundle-not-an-archive",
  "bundle-too-large",
  "bundle-format-newer",
];

/** The verdict, or the code of the fault. Whatever else is thrown is a bug and fails the test. */
async function outcomeOf(bytes: Buffer): Promise<string> {
  writeFileSync(changedPath, bytes);
  try {
    const { verdict } = await verifyBundle({ zipPath: changedPath, trustedSigners, now, reperform: foundTheSame });
    return verdict;
  } catch (error) {
    if (error instanceof TickmarkError && faults.includes(error.code)) return error.code;
    throw error;
  }
}

async function expectSeen(at: number, changed: Buffer): Promise<void> {
  const outcome = await outcomeOf(changed);
  if (outcome === "verified" && packedEnds.has(at)) {
    // Bits behind the end of a compressed stream: what is unpacked must not have changed.
    expect(await filesOf(changedPath)).toEqual(await filesOf(honestPath));
    return;
  }
  expect({ at, outcome }).toEqual({ at, outcome: expect.stringMatching(/^(failed|bundle-.*)$/) });
}

function flipped(at: number): Buffer {
  const changed = Buffer.from(honest);
  changed[at] = (changed[at] ?? 0) ^ (1 << (at % 8));
  return changed;
}

describe("a change of one byte is reported, wherever it is", () => {
  test("the bundle itself is verified", async () => {
    expect(await outcomeOf(honest)).toBe("verified");
  });

  test("over the whole bundle", async () => {
    const step = Math.floor(honest.length / 301);
    for (let at = 0; at < honest.length; at += step) await expectSeen(at, flipped(at));
  });

  test("at the end of the bundle, where its directory is", async () => {
    for (let at = honest.length - 1; at > honest.length - 1400; at -= 7) await expectSeen(at, flipped(at));
  });

  test("at its beginning, where its type is", async () => {
    for (let at = 0; at < 120; at += 1) await expectSeen(at, flipped(at));
  });

  test("at the end of what is compressed", async () => {
    for (const at of packedEnds) if (at >= 0) await expectSeen(at, flipped(at));
  });
});

test("a bundle that is cut off is not verified, wherever it ends", async () => {
  for (let length = 0; length < honest.length; length += 1000) {
    expect(await outcomeOf(honest.subarray(0, length))).toMatch(/^bundle-(truncated|not-an-archive|hostile)$/);
  }
});

test("a bundle with a byte put in or taken out is not verified, wherever it is", async () => {
  for (let at = 50; at < honest.length; at += Math.floor(honest.length / 40)) {
    const [head, tail] = [honest.subarray(0, at), honest.subarray(at)];
    expect(await outcomeOf(Buffer.concat([head, Buffer.from([0]), tail]))).toMatch(/^(failed|bundle-.*)$/);
    expect(await outcomeOf(Buffer.concat([head, tail.subarray(1)]))).toMatch(/^(failed|bundle-.*)$/);
  }
});
