import { parseSync } from "vite";

/** One place where a file reaches for another. */
export interface ImportUse {
  /** As written; undefined where it is computed and cannot be known before it runs. */
  readonly specifier: string | undefined;
  readonly line: number;
}

interface Node {
  readonly type: string;
  readonly start: number;
  readonly [key: string]: unknown;
}

/**
 * Everything that a TypeScript file imports: statements, re-exports, `import()`, types in `import("…")`, `require`, and
 * `new URL("….ts", import.meta.url)`, by which workers are started.
 * @throws Error where the file is not TypeScript
 */
export function readImports(path: string, text: string): ImportUse[] {
  const { program, errors } = parseSync(path, text);
  const [error] = errors;
  if (error) {
    throw new Error(`${path} cannot be parsed: ${error.message}`);
  }
  const uses: ImportUse[] = [];
  visit(program, (node) => {
    const source = sourceOf(node);
    if (source !== undefined) {
      uses.push({ specifier: literalOf(source), line: text.slice(0, node.start).split("\n").length });
    }
  });
  return uses;
}

/** The expression that names what a node imports; undefined for a node that imports nothing. */
function sourceOf(node: Node): unknown {
  switch (node.type) {
    case "ImportDeclaration":
    case "ExportAllDeclaration":
    case "ImportExpression":
    case "TSImportType":
      return node["source"];
    case "ExportNamedDeclaration":
      return node["source"] ?? undefined;
    case "TSExternalModuleReference":
      return node["expression"];
    case "CallExpression":
      return isNamed(node["callee"], "require") ? firstArgument(node) : undefined;
    case "NewExpression":
      return isNamed(node["callee"], "URL") && /\.[cm]?[jt]sx?$/.test(literalOf(firstArgument(node)) ?? "")
        ? firstArgument(node)
        : undefined;
    default:
      return undefined;
  }
}

function visit(value: unknown, see: (node: Node) => void): void {
  if (Array.isArray(value)) {
    for (const item of value) {
      visit(item, see);
    }
  } else if (typeof value === "object" && value !== null) {
    if ("type" in value && "start" in value) {
      see(value as Node);
    }
    for (const part of Object.values(value)) {
      visit(part, see);
    }
  }
}

function isNamed(value: unknown, name: string): boolean {
  return typeof value === "object" && value !== null && "name" in value && value.name === name;
}

function firstArgument(node: Node): unknown {
  return Array.isArray(node["arguments"]) ? node["arguments"][0] : undefined;
}

function literalOf(value: unknown): string | undefined {
  const isLiteral = typeof value === "object" && value !== null && "value" in value && typeof value.value === "string";
  return isLiteral ? (value.value as string) : undefined;
}
