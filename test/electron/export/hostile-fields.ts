import type { Result } from "../../../shared/model/result.ts";
import { ResultList } from "../../../shared/model/results.ts";

/** Markup and scripts as they are put into names, titles, comments, file names and values. */
const markup = `<script>document.title='ran'</script><img src=x onerror="document.title='ran'">](javascript:ran) (/S /JavaScript /JS (ran))`;

/** What programs write and compare, and no person: times, hashes, references, words of a closed list. */
const written = [/^\d{4}-\d{2}-\d{2}(T[\d:.]+Z)?$/, /^[0-9a-f]{16,}$/, /^-?[\d.]+$/, /^[a-z]+(-[a-z]+)*$/];

/** The same value with markup behind every text in it. */
export function markEveryText<T>(value: T, isFixed: (text: string) => boolean = () => false): T {
  return mark(value, isFixed) as T;
}

function mark(value: unknown, isFixed: (text: string) => boolean): unknown {
  if (typeof value === "string") return isFixed(value) ? value : `${value}${markup}`;
  if (value instanceof ResultList) return new ResultList([...value].map((each) => mark(each, isFixed) as Result));
  if (Array.isArray(value)) return value.map((each) => mark(each, isFixed));
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, each]) => [key, mark(each, isFixed)]));
}

/** Whether a text is one that programs write, so that a record with another one would not be read at all. */
export function isWrittenByPrograms(text: string): boolean {
  return written.some((form) => form.test(text));
}
