import { spawnSync } from "node:child_process";
import { cpSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterEach, beforeEach, expect, it } from "vitest";
import { projectNode, root } from "../../build/install.mjs";

/* The real compiler and the real linter, with the project's own settings, on a project of one file. */

let project: string;

beforeEach(() => {
  project = mkdtempSync(join(tmpdir(), "tickmark-purity-"));
  for (const path of [".biome.json", ".gitignore", "build/lint", "build/tsconfig.base.json", "shared/tsconfig.json"]) {
    cpSync(join(root, path), join(project, path), { recursive: true });
  }
  write("package.json", '{ "type": "module" }\n');
  // The packages' types are the real ones; what the compiler writes goes into a folder of its own.
  mkdirSync(join(project, "node_modules"));
  symlinkSync(join(root, "node_modules/zod"), join(project, "node_modules/zod"));
  symlinkSync(join(root, "node_modules/@types"), join(project, "node_modules/@types"));
});

afterEach(() => {
  rmSync(project, { recursive: true, force: true });
});

function write(file: string, text: string): void {
  mkdirSync(dirname(join(project, file)), { recursive: true });
  writeFileSync(join(project, file), text);
}

function runTool(tool: string, args: readonly string[]): { status: number | null; output: string } {
  const done = spawnSync(projectNode, [join(root, "node_modules", tool), ...args], { cwd: project, encoding: "utf8" });
  return { status: done.status, output: done.stdout + done.stderr };
}

const compile = (): ReturnType<typeof runTool> => runTool("typescript/bin/tsc", ["-p", "shared"]);
const lint = (file: string): ReturnType<typeof runTool> => runTool("@biomejs/biome/bin/biome", ["lint", file]);

it.each([
  ["Node's modules", 'import { createHash } from "node:crypto";\nexport const x = createHash;'],
  ["Node's process", "export const x = process.env;"],
  ["Node's Buffer", "export const x = Buffer.from([1]);"],
  ["the page", "export const x = document.title;"],
  ["the window", "export const x = window.name;"],
  ["the network", 'export const x = fetch("https://example.com/");'],
  ["timers", "export const x = setTimeout(() => 0, 1);"],
  ["the console", "export function x() { console.log(1); }"],
])("the compiler refuses %s in shared/", (_, text) => {
  write("shared/model/x.ts", text);
  const { status, output } = compile();
  // TS23xx and TS25xx: there is no such name, or no such module, here.
  expect(output).toMatch(/^shared\/model\/x\.ts.* error TS2[35]\d\d: /);
  expect(status).not.toBe(0);
});

it("the compiler accepts plain data in shared/", () => {
  write("shared/model/x.ts", 'import { z } from "zod";\nexport const Name = z.string();\n');
  expect(compile()).toEqual({ status: 0, output: "" });
});

it.each(["Date.now()", "new Date()", "Date()", "Math.random()", "[1].map(Math.random)", "globalThis"])(
  "the linter refuses %s in shared/",
  (expression) => {
    write("shared/model/x.ts", `export const x = ${expression};\n`);
    const { status, output } = lint("shared/model/x.ts");
    expect(output).toContain("shared/");
    expect(status).not.toBe(0);
  },
);

it.each(['new Date("2025-01-01T00:00:00Z")', "Date.parse(text)", "Date.UTC(2025, 0)", "Math.max(1, 2)"])(
  "the linter accepts %s in shared/, which asks no clock",
  (expression) => {
    write("shared/model/x.ts", `export const read = (text: string) => [text, ${expression}];\n`);
    expect(lint("shared/model/x.ts").status).toBe(0);
  },
);

it.each([
  ["electron/main/window.ts", "ipcMain"],
  ["electron/engine/x.ts", "ipcMain"],
  ["renderer/api.ts", "ipcRenderer"],
])("the linter refuses raw messages in %s", (file, name) => {
  write(file, `import { ${name} } from "electron";\nexport const x = ${name};\n`);
  const { status, output } = lint(file);
  expect(output).toContain("electron/main/calls.ts");
  expect(status).not.toBe(0);
});

it.each([
  ["electron/main/calls.ts", "ipcMain"],
  ["electron/preload/index.ts", "ipcRenderer"],
])("the linter accepts them in %s, which checks them", (file, name) => {
  write(file, `import { ${name} } from "electron";\nexport const x = ${name};\n`);
  expect(lint(file).status).toBe(0);
});
