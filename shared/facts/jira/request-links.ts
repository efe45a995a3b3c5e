const link = /https?:\/\/[^\s"'<>()[\]{}|\\^`]+?\/(?:pull|merge_requests)\/[1-9]\d*(?!\d)/g;

/**
 * Addresses of change requests anywhere in a ticket's fields, each once, in order of appearance. Text of Jira Cloud is
 * a tree of nodes and comments are nested in it, so every string is looked at; without recursion, since a stranger
 * decides how deep it goes.
 */
export function findRequestLinks(fields: unknown): string[] {
  const found = new Set<string>();
  const waiting: unknown[] = [fields];
  while (waiting.length > 0) {
    const value = waiting.pop();
    if (typeof value === "string") for (const [address] of value.matchAll(link)) found.add(address);
    else if (typeof value === "object" && value !== null) {
      for (const part of Object.values(value).reverse()) waiting.push(part);
    }
  }
  return [...found];
}
