/**
 * Run by atomic-file.test.ts in a mount namespace of its own, as `node full-disk-export.ts FOLDER`: puts a disk of 256 KB at
 * FOLDER, exports more than fits, and prints what became of it.
 */
import { execFileSync } from "node:child_process";
import { randomBytes } from "node:crypto";
import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { Readable } from "node:stream";
import { writeFileAtomically } from "../../../electron/export/atomic-file.ts";
import { writeContainer } from "../../../electron/export/zip.ts";
import { faultOf } from "../../../shared/errors.ts";
import { manifestInfo, signedAt } from "./sample-parts.ts";
import { newSigner } from "./signers.ts";

const [folder = ""] = process.argv.slice(2);
execFileSync("mount", ["-t", "tmpfs", "-o", "size=256k", "tmpfs", folder]);
writeFileSync(`${folder}/bundle.zip`, "older");
const target = `${folder}/bundle.zip`;
const codeOf = (work: Promise<unknown>) =>
  work.then(
    () => "written",
    (error: unknown) => faultOf(error).code,
  );

const stream = {
  path: "a",
  role: "evidence",
  mediaType: "text/plain",
  bytes: () => Readable.from([randomBytes(1 << 20)]),
} as const;
const stored = { path: "a", role: "evidence", mediaType: "image/png", bytes: randomBytes(1 << 20) } as const;
const { identity } = await newSigner();
const outcomes: string[] = [];
for (const part of [stream, stored]) {
  outcomes.push(await codeOf(writeContainer({ parts: [part], info: manifestInfo, identity, signedAt, target })));
}
outcomes.push(await codeOf(writeFileAtomically(target, randomBytes(1 << 20))));
console.log(JSON.stringify({ outcomes, files: readdirSync(folder), older: readFileSync(target, "utf8") }));
