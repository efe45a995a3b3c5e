import { hash, randomBytes } from "node:crypto";
import { Readable } from "node:stream";
import fc from "fast-check";
import { expect, it } from "vitest";
import { evidenceParts } from "../../../electron/engine/steps/bundle-layout.ts";
import { redactRecord } from "../../../electron/engine/steps/evidence-redaction.ts";
import { largeFrom, mayHoldSecretInPieces } from "../../../electron/engine/steps/large-record.ts";
import { createRedactor } from "../../../shared/bundle/redaction/redactor.ts";
import { readByBeginning } from "../../../shared/facts/attachments/attachment-reader.ts";
import { readEvidence } from "../../../shared/facts/evidence-reading.ts";
import type { Evidence, Reading } from "../../../shared/model/evidence.ts";
import { RedactionRules } from "../../../shared/model/redaction-rules.ts";
import { FilesSource } from "../../../shared/model/source.ts";

const nobody = { roster: false, persons: [] };
const letters = "aB3dE6gH9jK2mN5p";
/** Put together here, so that no scanner takes this file for a leak. */
const secrets = [
  `-----BEGIN ${"PRIVATE"} KEY-----\n${letters.repeat(40)}\n-----END ${"PRIVATE"} KEY-----`,
  `gh${"p_"}${letters.repeat(3)}`,
  `"password": "${letters}"`,
  `postgres://ledger:pässwörd${"-and-more"}@host`,
  `authorization: bearer ${letters.repeat(2)}`,
];
const encodings = {
  "utf-8": (text: string) => Buffer.from(text),
  "latin-1": (text: string) => Buffer.from(text, "latin1"),
  "utf-16le": (text: string) => Buffer.from(text, "utf16le"),
  "utf-16be": (text: string) => Buffer.from(text, "utf16le").swap16(),
} as const;

const redact = (bytes: Buffer, reading: Reading = {}) =>
  redactRecord({ ...record(bytes), reading }, storing(bytes), createRedactor(null, nobody), null);

function record(bytes: Buffer): Evidence {
  return {
    sha256: hash("sha256", bytes, "hex"),
    size: bytes.length,
    format: "attachment.document",
    locator: "log.txt",
    sourceId: "files",
    pullId: "1-files",
    receivedAt: "2025-07-01T10:00:00.000Z",
  };
}

function storing(bytes: Buffer) {
  return { readEvidence: () => bytes, streamEvidence: inPieces(bytes, 1 << 20) };
}

function inPieces(bytes: Buffer, size: number) {
  return async function* () {
    for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size);
  };
}

it("a secret is found wherever it lies in a record in pieces, in every encoding, and in bytes that are no text", async () => {
  const filler = fc.string({ unit: fc.constantFrom(..."abc é\n0:@/="), maxLength: 100 });
  const names = fc.constantFrom("utf-8", "latin-1", "utf-16le", "utf-16be");
  await fc.assert(
    fc.asyncProperty(
      ...([filler, fc.constantFrom("", ...secrets), filler, names, fc.nat(90), fc.boolean()] as const),
      async (before, secret, behind, encoding, size, isNoText) => {
        const noText = isNoText && encoding === "utf-8" ? Buffer.from([0xff, 0x20]) : Buffer.alloc(0);
        const bytes = Buffer.concat([encodings[encoding](`${before}\n${secret}\n${behind}`), noText]);
        const reading: Reading = encoding === "utf-8" ? {} : { encoding };
        const isFound = (await redact(bytes, reading)) !== null;
        expect(isFound || secret === "").toBe(true);
        if (isFound) expect(await mayHoldSecretInPieces(inPieces(bytes, size + 1), reading)).toBe(true);
      },
    ),
    { numRuns: 200 },
  );
});

it("a secret as long as any is found where pieces end in it, and ordinary text is none", async () => {
  const key = `-----BEGIN ${"PRIVATE"} KEY-----\n${letters.repeat(1240)}\n-----END ${"PRIVATE"} KEY-----`;
  const text = "the limit was raised after review\n".repeat(2500);
  for (const size of [20_000, 70_000]) {
    const around = [text, text.slice(0, 40_000)] as const;
    expect(await mayHoldSecretInPieces(inPieces(Buffer.from(around.join(key)), size), undefined)).toBe(true);
    expect(await mayHoldSecretInPieces(inPieces(Buffer.from(text), size), undefined)).toBe(false);
  }
});

it("a large record goes into the bundle in pieces, and is held only where something is to be replaced in it", async () => {
  const bytes = Buffer.concat([randomBytes(1000), Buffer.alloc(largeFrom, "the limit was raised\n")]);
  const unheld = {
    ...storing(bytes),
    readEvidence: () => {
      throw new Error("it was held");
    },
  };
  const [redactor, rules] = [createRedactor(null, nobody), RedactionRules.parse({})];
  expect(await redactRecord(record(bytes), unheld, redactor, null)).toBeNull();
  const [part] = evidenceParts([record(bytes)], unheld, new Map());
  const content = typeof part?.bytes === "function" ? part.bytes() : null;
  if (content === null || !("pieces" in content)) throw new Error("The record comes as a whole.");
  expect(Buffer.concat(await Readable.from(content.pieces).toArray()).equals(bytes)).toBe(true);
  await expect(redactRecord(record(bytes), unheld, createRedactor(rules, nobody), rules)).rejects.toThrow("held");
  const secret = `gh${"p_"}${letters.repeat(3)}`;
  const withSecret = Buffer.concat([bytes, Buffer.from(`token: ${secret}\n`)]);
  const derived = await redact(withSecret);
  expect(derived?.entry).toMatchObject({ withheld: "", replaced: [{ kind: "github-token", count: 1 }] });
  const copy = Buffer.from(derived?.bytes?.() ?? []);
  expect([copy.includes(secret), copy.subarray(0, bytes.length).equals(bytes)]).toEqual([false, true]);
});

it("a document says the same of itself by its beginning as by all of it", () => {
  const source = FilesSource.parse({ id: "files", kind: "files", path: "." });
  for (const begin of ["%PDF-1.7", "\u0089PNG\r\n\u001a\n", "text", "\0"]) {
    const bytes = Buffer.concat([Buffer.from(begin, "latin1"), Buffer.alloc(200_000, "the limit was raised\n")]);
    const whole = readEvidence({ ...record(bytes), bytes }, source);
    expect(readEvidence({ ...record(bytes), bytes: bytes.subarray(0, 128 * 1024) }, source)).toEqual(whole);
    expect(readByBeginning).toContain(record(bytes).format);
  }
});
