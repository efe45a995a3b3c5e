/** Where two JSON values first differ, with what stands there on each side: what the bundle states on the left, what comes out now on the right. */
export interface ValueDifference {
  /** Empty when the values are equal. */
  readonly path: string;
  readonly left: string;
  readonly right: string;
}

const same: ValueDifference = { path: "", left: "", right: "" };

/** The first difference in the order of the left value's fields. Long values are cut for showing. */
export function firstDifference(left: unknown, right: unknown, path = "$"): ValueDifference {
  if (isSame(left, right)) return same;
  if (typeof left !== "object" || typeof right !== "object" || left === null || right === null) {
    return { path, left: show(left), right: show(right) };
  }
  if (Array.isArray(left) !== Array.isArray(right)) return { path, left: show(left), right: show(right) };
  const keys = new Set([...Object.keys(left), ...Object.keys(right)]);
  for (const key of keys) {
    const place = Array.isArray(left) ? `${path}[${key}]` : `${path}.${key}`;
    const difference = firstDifference(
      (left as Record<string, unknown>)[key],
      (right as Record<string, unknown>)[key],
      place,
    );
    if (difference.path !== "") return difference;
  }
  return same;
}

/** Whether two JSON values are equal. A member that is undefined is as good as none. */
export function isSame(left: unknown, right: unknown): boolean {
  if (Object.is(left, right)) return true;
  if (typeof left !== "object" || typeof right !== "object" || left === null || right === null) return false;
  if (Array.isArray(left) !== Array.isArray(right)) return false;
  const [one, other] = [left as Record<string, unknown>, right as Record<string, unknown>];
  const keys = Object.keys(one);
  if (!keys.every((key) => isSame(one[key], other[key]))) return false;
  const others = Object.keys(other);
  if (others.length === keys.length && others.every((key) => Object.hasOwn(one, key))) return true;
  return others.every((key) => Object.hasOwn(one, key) || other[key] === undefined);
}

function show(value: unknown): string {
  const text = value === undefined ? "nothing" : (JSON.stringify(value) ?? String(value));
  return text.length > 300 ? `${text.slice(0, 300)}…` : text;
}
