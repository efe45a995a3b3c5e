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
      const parts: unknown[] = Array.isArray(value) ? value : Object.values(value);
      for (let at = parts.length - 1; at >= 0; at -= 1) if (mayHoldLink(parts[at])) waiting.push(parts[at]);
    }
  }
  return [...found];
}

/** Tells most values apart before they are kept waiting: a site has hundreds of fields, nearly all of them without a link. */
function mayHoldLink(value: unknown): boolean {
  if (typeof value === "string") return value.includes("://");
  return typeof value === "object" && value !== null;
}
