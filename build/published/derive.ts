/**
 * Derives test/fixtures/published from the descriptions that GitHub and Atlassian publish: run by hand when a driver
 * asks something new or a newer description is wanted: `node build/published/derive.ts`, then `npm run format`. It fetches the packages named
 * in operations.ts into a temporary folder; nothing of them stays but what the readers' fields are said to be.
 */
import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { z } from "zod";
import { root } from "../install.mjs";
import { type Published, published } from "./operations.ts";
import { type Described, type Description, reduceOperation } from "./reduce.ts";

for (const one of published) {
  const description = fetchDescription(one);
  const operations = Object.entries(one.operations).map(([path, reads]) => {
    // What a reader accepts, before it makes something else of it.
    const read = z.toJSONSchema(reads, { io: "input", unrepresentable: "any" }) as Described;
    return [path, reduceOperation(description, path, read)] as const;
  });
  const { name, package: source, license } = one;
  const reduced = {
    derivedFrom: { package: source, license, version: description.info.version },
    operations: Object.fromEntries(operations),
  };
  writeFileSync(join(root, `test/fixtures/published/${name}.json`), `${JSON.stringify(reduced, null, 2)}\n`);
}

function fetchDescription({ package: source, file }: Published): Description {
  const folder = mkdtempSync(join(tmpdir(), "tickmark-published-"));
  try {
    const packed = execFileSync("npm", ["pack", source, "--silent"], { cwd: folder, encoding: "utf8" }).trim();
    execFileSync("tar", ["-xzf", packed, file], { cwd: folder });
    return JSON.parse(readFileSync(join(folder, file), "utf8")) as Description;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
