import { globSync, readFileSync } from "node:fs";
import { isBuiltin } from "node:module";
import { dirname, join, posix } from "node:path";
import { type ImportUse, readImports } from "./imports.ts";
import { type Boundary, boundaries } from "./table.ts";

/** The folders that the table is about. Tests, build and demo scripts may import anything. */
const checkedFolders = ["shared", "electron", "renderer"];

/**
 * Holds every import of the sources against the table.
 * @param root the project's folder
 * @returns one sentence for each import that is refused
 */
export function checkBoundaries(root: string): string[] {
  const files = globSync(
    checkedFolders.map((folder) => `${folder}/**/*.{ts,tsx,mts,cts,js,mjs,cjs,jsx}`),
    { cwd: root },
  );
  return files.sort().flatMap((file) => {
    const path = file.replaceAll("\\", "/");
    return checkFile(path, readFileSync(join(root, file), "utf8"));
  });
}

function checkFile(path: string, text: string): string[] {
  const row = boundaryOf(path);
  if (!row) {
    return [`${path}: no row of build/boundaries/table.ts says what this folder may import`];
  }
  return readImports(path, text).flatMap((use) => {
    const refusal = refuse(row, path, use);
    return refusal ? [`${path}:${use.line}: ${refusal}; ${row.because}`] : [];
  });
}

/** Why an import is refused; undefined where it is allowed. */
function refuse(row: Boundary, path: string, { specifier }: ImportUse): string | undefined {
  if (specifier === undefined) {
    return `${row.folder} may not import what is only known at run time`;
  }
  if (specifier.startsWith(".") || specifier.startsWith("/")) {
    const target = posix.join(dirname(path), specifier.replace(/\?.*$/, ""));
    const isAllowed = [row.folder, ...row.project].some((folder) => isInside(target, folder));
    return isAllowed ? undefined : `${row.folder} may not import ${target}`;
  }
  if (isBuiltin(specifier)) {
    const name = specifier.replace(/^node:/, "");
    return row.node === "any" || row.node.includes(name) ? undefined : `${row.folder} may not import ${specifier}`;
  }
  return row.packages.includes(packageOf(specifier)) ? undefined : `${row.folder} may not import ${specifier}`;
}

function boundaryOf(path: string): Boundary | undefined {
  return boundaries.filter((row) => isInside(path, row.folder)).sort((a, b) => b.folder.length - a.folder.length)[0];
}

function isInside(path: string, folder: string): boolean {
  return path === folder || path.startsWith(`${folder}/`);
}

/** `@scope/name/part` and `name/part` belong to `@scope/name` and `name`. */
function packageOf(specifier: string): string {
  return specifier.split("/", specifier.startsWith("@") ? 2 : 1).join("/");
}
