import { Source, type SourceKind } from "../../../shared/model/source.ts";
import type { Problems } from "../../components/use-form.ts";
import { strings } from "../../strings.ts";
import { fieldsOf, type SourceField } from "./source-fields.ts";

/**
 * Values of a form, all as typed. A secret's field holds `keychain:NAME`, `environment:NAME` or `file:/path`: a place,
 * never a secret.
 */
export type SourceValues = Readonly<Record<string, string>>;

export function initialValues(kind: SourceKind): Record<string, string> {
  return Object.fromEntries(fieldsOf(kind).map(({ name, initial }) => [name, initial]));
}

export type SourceReading =
  | { readonly ok: true; readonly source: Source }
  | { readonly ok: false; readonly problems: Problems<string> };

/** Reads a form as a Source, or says what is wrong field by field. */
export function readSource(kind: SourceKind, values: SourceValues): SourceReading {
  const draft: Record<string, unknown> = { kind };
  const problems: Record<string, string> = {};
  for (const each of fieldsOf(kind)) {
    const typed = (values[each.name] ?? "").trim();
    const isLeftAlone = each.takes === "flag" ? typed === each.initial : isEmpty(typed);
    if (isLeftAlone) {
      if (each.isRequired) problems[each.name] = strings.common.fillIn;
      // An optional list that is left empty is an empty list, not the model's default.
      else if (each.takes === "list" && each.group === "main") put(draft, each.name, []);
      continue;
    }
    const value = readValue(each, typed);
    if (value === undefined) problems[each.name] = strings.sources.linesAsPairs;
    else put(draft, each.name, value);
  }
  const read = Source.safeParse(draft);
  if (read.success && Object.keys(problems).length === 0) return { ok: true, source: read.data };
  for (const issue of read.error?.issues ?? []) {
    const name = fieldAt(kind, issue.path.map(String));
    if (name !== undefined) problems[name] ??= issue.message;
  }
  return { ok: false, problems };
}

function isEmpty(typed: string): boolean {
  return typed === "" || /^(keychain|environment|file):$/.test(typed);
}

/** Undefined where lines are not pairs. */
function readValue({ takes }: SourceField, typed: string): unknown {
  switch (takes) {
    case "list":
      return partsOf(typed, /[,\n]/);
    case "flag":
      return typed === "true";
    case "number":
      return Number(typed);
    case "pairs":
      return readPairs(typed, (value) => value);
    case "lists":
      return readPairs(typed, (value) => partsOf(value, /,/));
    case "secret":
      return readPlace(typed);
    default:
      return typed;
  }
}

function readPlace(typed: string): unknown {
  const place = typed.slice(typed.indexOf(":") + 1).trim();
  if (typed.startsWith("file:")) return { in: "file", path: place };
  return { in: typed.startsWith("keychain:") ? "keychain" : "environment", name: place };
}

function readPairs<T>(typed: string, read: (value: string) => T): Record<string, T> | undefined {
  const pairs = partsOf(typed, /\n/).map((line) => /^([^=]+)=(.+)$/.exec(line));
  if (pairs.includes(null)) return undefined;
  return Object.fromEntries(pairs.map((pair) => [pair?.[1]?.trim() ?? "", read(pair?.[2]?.trim() ?? "")]));
}

function partsOf(typed: string, between: RegExp): string[] {
  return typed
    .split(between)
    .map((part) => part.trim())
    .filter((part) => part !== "");
}

function put(draft: Record<string, unknown>, name: string, value: unknown): void {
  const [first = "", second] = name.split(".");
  if (second === undefined) draft[first] = value;
  else draft[first] = { ...(draft[first] as object | undefined), [second]: value };
}

/** The field that a place in the Source belongs to: the longest name that the place begins with. */
function fieldAt(kind: SourceKind, path: readonly string[]): string | undefined {
  const names = fieldsOf(kind).map(({ name }) => name as string);
  return [path.slice(0, 2).join("."), path[0] ?? ""].find((name) => names.includes(name));
}
