import type { ASTNode } from "@marcbachmann/cel-js";

/** Paths of variables that an expression reads, such as `change.request.mergedAt`, each once, in order. */
export function listReads(root: ASTNode, variables: readonly string[]): string[] {
  const reads = new Set<string>();
  visit(root, variables, reads);
  return [...reads];
}

function visit(node: unknown, variables: readonly string[], reads: Set<string>): void {
  if (Array.isArray(node)) {
    for (const entry of node) visit(entry, variables, reads);
    return;
  }
  if (!isNode(node)) return;
  const path = pathOf(node);
  if (path && variables.includes(path[0] as string)) reads.add(path.join("."));
  else visit(node.args, variables, reads);
}

/** `a.b.c` as its names, when the node is a chain of fields from a variable. */
function pathOf(node: ASTNode): string[] | undefined {
  if (node.op === "id") return [node.args];
  if (node.op !== ".") return undefined;
  const [base, field] = node.args;
  const path = pathOf(base);
  return path ? [...path, field] : undefined;
}

function isNode(value: unknown): value is ASTNode {
  return typeof value === "object" && value !== null && "op" in value && "args" in value;
}
