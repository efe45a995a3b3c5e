import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { checkBoundaries } from "../../build/boundaries/check.ts";
import { boundaries } from "../../build/boundaries/table.ts";
import { root } from "../../build/install.mjs";

/*
 * The design's table row by row: what each folder may import, and what it may never. Written down here once more on
 * purpose: a row that is loosened by mistake in build/boundaries/table.ts is found by this test.
 */
interface Row {
  readonly file: string;
  readonly allowed: readonly string[];
  readonly refused: readonly string[];
}

const rows: readonly Row[] = [
  {
    file: "shared/errors.ts",
    allowed: ["zod"],
    refused: ["./model/pull.ts", "./facts/fact-set.ts", "node:crypto", "electron"],
  },
  {
    file: "shared/model/x.ts",
    allowed: ["zod", "re2js", "../errors.ts", "../ipc/contract.ts", "./pull.ts"],
    refused: [
      "../facts/x.ts",
      "../population/x.ts",
      "../verification/x.ts",
      "node:crypto",
      "../../electron/store/x.ts",
    ],
  },
  {
    file: "shared/ipc/x.ts",
    allowed: ["zod", "../errors.ts", "../model/pull.ts"],
    refused: ["../bundle/x.ts", "../evaluation/x.ts", "node:path", "electron", "../../renderer/api.ts"],
  },
  {
    file: "shared/facts/x.ts",
    allowed: ["zod", "../model/facts.ts", "./jira/y.ts"],
    refused: [
      "../population/x.ts",
      "../sample/x.ts",
      "node:fs",
      "../../electron/sources/x.ts",
      "../../renderer/api.ts",
    ],
  },
  {
    file: "shared/population/x.ts",
    allowed: ["../model/change.ts", "../facts/fact-set.ts"],
    refused: ["../sample/x.ts", "../evaluation/x.ts", "../bundle/x.ts", "node:crypto", "better-sqlite3"],
  },
  {
    file: "shared/sample/x.ts",
    allowed: ["../model/sample.ts", "../population/population-digest.ts"],
    refused: ["../facts/x.ts", "../evaluation/x.ts", "../verification/x.ts", "node:crypto"],
  },
  {
    file: "shared/evaluation/x.ts",
    allowed: ["@marcbachmann/cel-js", "yaml", "re2js", "../model/result.ts", "../sample/limits.ts"],
    refused: ["../bundle/x.ts", "../verification/x.ts", "node:vm", "../../electron/engine/x.ts"],
  },
  {
    file: "shared/judgement/x.ts",
    allowed: ["../model/judgement.ts", "../sample/tested-samples.ts", "../errors.ts"],
    refused: [
      "../evaluation/x.ts",
      "../bundle/x.ts",
      "../verification/x.ts",
      "node:crypto",
      "../../electron/store/x.ts",
    ],
  },
  {
    file: "shared/bundle/x.ts",
    allowed: ["../model/result.ts", "../population/x.ts"],
    refused: ["../verification/x.ts", "pdfkit", "node:zlib", "../../electron/export/zip.ts"],
  },
  {
    file: "shared/verification/x.ts",
    allowed: ["../facts/x.ts", "../population/x.ts", "../sample/x.ts", "../evaluation/x.ts", "../bundle/x.ts"],
    refused: ["node:fs", "node:crypto", "node:https", "../../electron/verifier/x.ts", "@zip.js/zip.js"],
  },
  {
    file: "electron/sources/git/x.ts",
    allowed: ["../../../shared/model/pull.ts", "node:child_process", "node:https", "../http/y.ts"],
    refused: ["../../store/x.ts", "../../../shared/facts/x.ts", "../../../shared/evaluation/x.ts", "better-sqlite3"],
  },
  {
    file: "electron/store/x.ts",
    allowed: ["../../shared/model/evidence.ts", "better-sqlite3", "node:fs"],
    refused: ["../sources/x.ts", "../../shared/population/x.ts", "../export/x.ts", "node:https", "node:child_process"],
  },
  {
    file: "electron/cms/x.ts",
    allowed: ["../../shared/model/instant.ts", "node:crypto", "pkijs", "asn1js"],
    refused: ["../export/cms.ts", "../verifier/x.ts", "../../shared/bundle/manifest.ts", "node:fs", "node:https"],
  },
  {
    file: "electron/export/x.ts",
    allowed: [
      "../../shared/bundle/manifest.ts",
      "../../shared/model/view.ts",
      "pdfkit",
      "../cms/x.ts",
      "./identity/y.ts",
    ],
    refused: ["../store/x.ts", "../sources/x.ts", "../engine/x.ts", "../../shared/population/x.ts", "better-sqlite3"],
  },
  {
    file: "electron/verifier/x.ts",
    allowed: ["../../shared/verification/x.ts", "../../shared/facts/x.ts", "node:crypto", "@zip.js/zip.js"],
    refused: [
      "../store/x.ts",
      "../sources/x.ts",
      "../export/x.ts",
      "../engine/x.ts",
      "electron",
      "node:http",
      "node:https",
      "node:http2",
      "node:net",
      "node:tls",
      "node:dgram",
      "node:dns",
      "node:child_process",
      "better-sqlite3",
      "@octokit/core",
    ],
  },
  {
    file: "electron/engine/x.ts",
    allowed: ["../../shared/sample/x.ts", "../sources/x.ts", "../store/x.ts", "../export/x.ts", "../verifier/x.ts"],
    refused: ["../main/calls.ts", "../../renderer/api.ts", "electron", "../preload/index.ts", "../cli/index.ts"],
  },
  {
    file: "electron/cli/x.ts",
    allowed: ["../engine/handlers.ts", "../verifier/process.ts", "../../shared/ipc/contract.ts"],
    refused: ["../store/x.ts", "../sources/x.ts", "../main/calls.ts", "electron"],
  },
  {
    file: "electron/process/x.ts",
    allowed: ["../../shared/ipc/process-protocol.ts", "../../shared/errors.ts"],
    refused: ["../engine/x.ts", "../main/calls.ts", "electron", "node:fs"],
  },
  {
    file: "electron/main/x.ts",
    allowed: ["../../shared/ipc/contract.ts", "../../shared/errors.ts", "electron", "node:path"],
    refused: [
      "../store/x.ts",
      "../sources/x.ts",
      "../../shared/facts/x.ts",
      "../../shared/sample/x.ts",
      "../engine/x.ts",
    ],
  },
  {
    file: "electron/preload/x.ts",
    allowed: ["electron", "../../shared/ipc/contract.ts"],
    refused: ["../main/calls.ts", "../engine/x.ts", "node:fs", "zod"],
  },
  {
    file: "renderer/screens/x.tsx",
    allowed: ["react", "../../shared/ipc/contract.ts", "../../shared/model/view.ts", "../api.ts"],
    refused: [
      "../../electron/main/calls.ts",
      "../../shared/sample/x.ts",
      "../../shared/evaluation/x.ts",
      "electron",
      "node:fs",
    ],
  },
];

let project: string;

beforeEach(() => {
  project = mkdtempSync(join(tmpdir(), "tickmark-boundaries-"));
});

afterEach(() => {
  rmSync(project, { recursive: true, force: true });
});

function check(file: string, text: string): string[] {
  const path = join(project, file);
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, text);
  return checkBoundaries(project);
}

describe.each(rows)("$file", ({ file, allowed, refused }) => {
  it.each(allowed)("may import %s", (specifier) => {
    expect(check(file, `export * from "${specifier}";\n`)).toEqual([]);
  });

  it.each(refused)("may not import %s", (specifier) => {
    expect(check(file, `export * from "${specifier}";\n`)).toEqual([expect.stringContaining(`${file}:1: `)]);
  });
});

it("every row of the table stands here", () => {
  const covered = boundaries.filter(({ folder }) =>
    rows.some(({ file }) => file === folder || file.startsWith(`${folder}/`)),
  );
  expect(covered).toEqual(boundaries);
});

it.each([
  ["a type", 'import type { X } from "../store/x.ts";\nexport type Y = X;'],
  ["a type in a type", 'export type Y = import("../store/x.ts").X;'],
  ["an import at run time", 'export const load = () => import("../store/x.ts");'],
  ["a re-export", 'export { x } from "../store/x.ts";'],
  ["a require", 'declare const require: (name: string) => unknown;\nexport const x = require("better-sqlite3");'],
  ["a worker's file", 'export const worker = new URL("../store/x.ts", import.meta.url);'],
  ["an import that is computed", "export const load = (name: string) => import(name);"],
  ["a detour", 'export * from "./../export/../store/x.ts";'],
])("an import is refused when it is written as %s", (_, text) => {
  expect(check("electron/sources/x.ts", text)).toHaveLength(1);
});

it("a folder that the table does not know is refused", () => {
  expect(check("electron/elsewhere/x.ts", "export const x = 1;\n")).toEqual([expect.stringContaining("no row")]);
});

it("the project itself keeps to the table", () => {
  expect(checkBoundaries(root)).toEqual([]);
});
