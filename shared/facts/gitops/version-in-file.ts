/**
 * The version that a file of a GitOps repository names. JSON is read as such; of YAML only lines `key: value` in block
 * style are looked at, with their indentation: that also reads templates and parts of files, which are no YAML.
 *
 * @param place a dotted path of keys (`image.tag`); lists on the way are passed through. A single key is found anywhere.
 * @returns null when nothing stands there
 */
export function findVersion(content: string, place: string): string | null {
  const json = content.trimStart().startsWith("{") ? parseJson(content) : undefined;
  if (json !== undefined) return findInJson(json, place.split("."));
  return findInLines(content, place.split("."));
}

function parseJson(content: string): unknown {
  try {
    return JSON.parse(content);
  } catch {
    return undefined;
  }
}

function findInJson(root: unknown, keys: readonly string[]): string | null {
  const pending: { value: unknown; path: readonly string[] }[] = [{ value: root, path: [] }];
  for (let next = pending.pop(); next !== undefined; next = pending.pop()) {
    const { value, path } = next;
    const isScalar = typeof value === "string" || typeof value === "number";
    if (isScalar && isAt(path, keys)) return String(value);
    if (typeof value !== "object" || value === null || path.length > 50) continue;
    const parts = Array.isArray(value)
      ? value.map((part) => ({ value: part, path }))
      : Object.entries(value).map(([key, part]) => ({ value: part, path: [...path, key] }));
    pending.push(...parts.reverse());
  }
  return null;
}

/** A single key counts wherever it stands; a path counts from the file's top. */
function isAt(path: readonly string[], keys: readonly string[]): boolean {
  if (keys.length === 1) return path.at(-1) === keys[0];
  return path.length === keys.length && keys.every((key, index) => path[index] === key);
}

const entry = /^((?:\s|- )*)(?:"([^"]*)"|'([^']*)'|([^\s#"'][^:]*?))\s*:(?:\s+(.*))?$/;

function findInLines(content: string, keys: readonly string[]): string | null {
  const above: { indent: number; key: string }[] = [];
  for (const line of content.split("\n")) {
    const [, lead, doubled, single, plain, value = ""] = entry.exec(line.replace(/\r$/, "")) ?? [];
    const key = doubled ?? single ?? plain;
    if (key === undefined || lead === undefined) continue;
    const indent = lead.length;
    while ((above.at(-1)?.indent ?? -1) >= indent) above.pop();
    const version = scalarOf(value);
    const path = [...above.map((one) => one.key), key];
    if (version !== null && isAt(path, keys)) return version;
    above.push({ indent, key });
  }
  return null;
}

/** A plain or quoted value on one line, without its comment and anchor; null for anything with parts of its own. */
function scalarOf(written: string): string | null {
  const text = written.replace(/^&\S+\s+/, "").trim();
  const quoted = /^"((?:[^"\\]|\\.)*)"\s*(?:#.*)?$|^'((?:[^']|'')*)'\s*(?:#.*)?$/.exec(text);
  if (quoted) return quoted[1] ?? quoted[2]?.replaceAll("''", "'") ?? null;
  const plain = text.replace(/(?:^|\s)#.*$/, "").trim();
  return plain === "" || /^[[{|>*!]/.test(plain) || plain === "null" || plain === "~" ? null : plain;
}
