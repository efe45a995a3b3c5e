import { RE2JS } from "re2js";

/** A pattern of paths with named places: `apps/{environment}/{service}.yaml`. */
export interface NamedPath {
  /** What the named places hold in a path; null when the path does not fit. */
  match(path: string): ReadonlyMap<string, string> | null;
  /** The same as git takes it after `:(glob)`. @param known values of some named places */
  glob(known: ReadonlyMap<string, string>): string;
}

interface Part {
  readonly text: string;
  readonly name: string | undefined;
}

/**
 * Named places and stars stand for anything but a slash. Every other character stands for itself. Patterns come
 * from others, so a path is read once, whatever the pattern (RE2).
 */
export function readNamedPath(pattern: string): NamedPath {
  const parts: Part[] = pattern
    .split(/(\{[a-z]+\}|\*+)/)
    .map((text) => ({ text, name: /^\{([a-z]+)\}$/.exec(text)?.[1] }));
  const names = parts.flatMap(({ name }) => name ?? []);
  const expression = RE2JS.compile(`^${parts.map(expressionOf).join("")}$`);
  return {
    match(path) {
      const found = expression.exec(path);
      if (found === null) return null;
      const [, ...values] = found;
      return new Map(names.map((name, index) => [name, values[index] ?? ""]));
    },
    glob: (known) => parts.map((part) => globOf(part, known)).join(""),
  };
}

function expressionOf({ text, name }: Part): string {
  if (name !== undefined) return "([^/]+?)";
  return text.startsWith("*") ? "[^/]*?" : text.replace(/[.+?^${}()|[\]\\]/g, "\\$&");
}

function globOf({ text, name }: Part, known: ReadonlyMap<string, string>): string {
  if (text.startsWith("*")) return "*";
  const value = name === undefined ? text : known.get(name);
  return value === undefined ? "*" : value.replace(/[\\*?[\]]/g, "\\$&");
}
