import type { ASTNode } from "@marcbachmann/cel-js";
import { readPattern } from "./rule-pattern.ts";
import type { StepCounter } from "./step-counter.ts";

/*
 * The CEL implementation limits how large an expression is and not how long it runs, and its `matches` is JavaScript's. So a
 * checked expression is prepared before it runs: every turn of `all`, `exists`, `map` … takes as many steps as its body has
 * parts; an operator or a function takes a step for each entry and for every 16 characters of what it is given, and those
 * that may read their texts more than once take more. docs/catalog.md says so too.
 */

/** Of a call it gets its values in a list, of an operator both of them, and what else it needs behind them. */
type Handle = (first: unknown, second?: unknown, third?: unknown, fourth?: unknown) => unknown;
type Evaluate = (evaluator: unknown, node: unknown, context: unknown) => unknown;

/** What the CEL implementation keeps of a checked expression, as far as it is needed here. */
interface Node {
  readonly op: string;
  readonly args: unknown;
  readonly start: number;
  readonly meta: { readonly alternate?: Node; readonly macro?: { val?: unknown; exp?: unknown }; evaluate: Evaluate };
  readonly checkedType?: { readonly name: string };
  handle?: Handle;
  setMeta(key: "evaluate", value: Evaluate): void;
}

interface Loop {
  readonly iterable: Node;
  readonly init: Node;
  readonly step: Node;
}

/** A pattern that stands in the expression itself and cannot be used. */
export interface PatternFault {
  readonly start: number;
  readonly fault: string;
}

export function findPatternFault(root: ASTNode): PatternFault | undefined {
  for (const node of nodesUnder(root as unknown as Node)) {
    if (node.op !== "rcall" || nameOf(node) !== "matches") continue;
    const [, , [pattern]] = node.args as [string, Node, Node[]];
    if (pattern?.op !== "value" || typeof pattern.args !== "string") continue;
    const { fault } = readPattern(pattern.args);
    if (fault !== null) return { start: pattern.start, fault };
  }
  return undefined;
}

/** Makes an expression that was checked count its steps, and `matches` in it that of RE2. */
export function countSteps(root: ASTNode, steps: StepCounter): void {
  for (const node of nodesUnder(root as unknown as Node)) {
    if (node.op === "comprehension") countTurns((node.args as Loop).step, steps);
    else if (node.meta.macro) continue;
    else if (node.op === "call" || node.op === "rcall") countCall(node, steps);
    else if (reading.has(node.op) && !isShort(node)) countOperator(node, steps);
  }
}

function countTurns(body: Node, steps: StepCounter): void {
  const each = sizeOfBody(body);
  const { evaluate } = body.meta;
  body.setMeta("evaluate", (evaluator, node, context) => {
    steps.take(each);
    return evaluate(evaluator, node, context);
  });
}

/** Bodies of loops within it count by themselves, at each of their turns. */
function sizeOfBody(node: Node): number {
  const parts = node.op === "comprehension" ? [(node.args as Loop).iterable] : partsOf(node);
  return parts.reduce((sum, part) => sum + sizeOfBody(resolve(part)), 1);
}

function countCall(node: Node, steps: StepCounter): void {
  const name = nameOf(node);
  if (name === "matches" && node.op === "rcall") {
    node.handle = (values) => matchText(values as unknown[], steps);
    return;
  }
  const cost = costs[name] ?? readAll;
  const { handle } = node;
  if (!handle) throw new TypeError(`${name} was not checked.`);
  node.handle = (values, second, third) => {
    steps.take(cost(values as unknown[]));
    return handle(values, second, third);
  };
}

function matchText([text, expression]: readonly unknown[], steps: StepCounter): boolean {
  if (typeof text !== "string" || typeof expression !== "string") throw new TypeError("matches takes two texts");
  const pattern = readPattern(expression);
  steps.take(pattern.size + text.length);
  return pattern.fits(text);
}

/** Operators that may read all of what they are given. */
const reading = new Set(["==", "!=", "in", "+", "<", "<=", ">", ">="]);
const smallTypes = new Set(["int", "bool", "double", "google.protobuf.Timestamp", "google.protobuf.Duration"]);

/** Whether it takes one step whatever the values: of numbers, or against what the rule itself writes out. */
function isShort({ op, args }: Node): boolean {
  const [left, right] = (args as [Node, Node]).map(resolve) as [Node, Node];
  if (op === "in") return right.op === "list" && (right.args as Node[]).every((each) => resolve(each).op === "value");
  if (smallTypes.has(left.checkedType?.name ?? "")) return true;
  return op !== "+" && (left.op === "value" || right.op === "value");
}

function countOperator(node: Node, steps: StepCounter): void {
  const { handle } = node;
  if (!handle) throw new TypeError(`${node.op} was not checked.`);
  node.handle = (left, right, third, fourth) => {
    steps.take(sizeOf(left) + sizeOf(right));
    return handle(left, right, third, fourth);
  };
}

type Cost = (values: readonly unknown[]) => number;

/** Every value once. */
const readAll: Cost = (values) => {
  let steps = 0;
  for (const value of values) steps += sizeOf(value);
  return steps;
};

/** Of a text in a text: in the worst case each of its characters is tried at each of the other's. */
const search: Cost = ([text, wanted]) => sizeOf(text) * lengthOf(wanted);

/** Patterns are tried one after the other; only on a long path can one of them take long. */
const tryAll: Cost = ([path, patterns]) => {
  const length = lengthOf(path);
  return sizeOf(patterns) * (length > 256 ? length : 1 + (length >>> 6));
};

/** Reading a moment takes as long as five usual steps. */
const readMoment: Cost = (values) => 5 * values.length;

/** Time zones are looked up in tables, which takes a thousand times as long as to read a field of a moment. */
const inZone: Cost = (values) => (values.length > 1 ? 1_000 : 1);

const costs: Readonly<Record<string, Cost>> = {
  size: ([value]) => (typeof value === "string" ? stepsOfText(value) : 1),
  contains: search,
  indexOf: search,
  lastIndexOf: search,
  split: ([text, separator]) => lengthOf(text) * lengthOf(separator),
  join: ([list, separator]) => sizeOf(list) * sizeOf(separator),
  // Its reader goes back within long numbers.
  duration: ([text]) => lengthOf(text) ** 3,
  json: ([text]) => 10 * sizeOf(text),
  timestamp: readMoment,
  secondsBetween: readMoment,
  daysBetween: readMoment,
  matchesAny: tryAll,
  approvedBy: ([change]) => lengthOf((change as { source?: { reviews?: unknown } }).source?.reviews) ** 2,
  ...Object.fromEntries(
    [
      "getDate",
      "getDayOfMonth",
      "getDayOfWeek",
      "getDayOfYear",
      "getFullYear",
      "getHours",
      "getMilliseconds",
      "getMinutes",
      "getMonth",
      "getSeconds",
    ].map((name) => [name, inZone]),
  ),
};

function lengthOf(value: unknown): number {
  return typeof value === "string" || Array.isArray(value) ? Math.max(1, value.length) : 1;
}

/** A step for every 16 characters, as for every entry, and one at least. */
export function stepsOfText(text: string): number {
  return 1 + (text.length >>> 4);
}

const measured = new WeakMap<object, number>();

/** Of lists with all that is in them. Records count one: reading a field takes as long whatever the others are. */
function sizeOf(value: unknown): number {
  if (typeof value === "string") return stepsOfText(value);
  if (typeof value !== "object" || value === null) return 1;
  if (value instanceof Uint8Array) return 1 + (value.length >>> 4);
  const isList = Array.isArray(value);
  if (!isList && Object.getPrototypeOf(value) !== Object.prototype) return 1;
  const known = measured.get(value);
  if (known !== undefined) return known;
  let size = 1;
  for (const entry of isList ? value : Object.values(value)) size += sizeOf(entry);
  measured.set(value, size);
  return size;
}

function* nodesUnder(root: Node, seen = new Set<Node>()): Generator<Node> {
  const node = resolve(root);
  if (seen.has(node)) return;
  seen.add(node);
  yield node;
  for (const part of partsOf(node)) yield* nodesUnder(part, seen);
}

/** A macro such as `all` is written out in the place of its call, and a constant in the place of its name. */
function resolve(node: Node): Node {
  let found = node;
  while (found.meta.alternate) found = found.meta.alternate;
  return found;
}

function partsOf({ op, args, meta: { macro } }: Node): Node[] {
  // Of the macros that are not written out `bind` has parts that run; `has` reads fields.
  if (macro) return [macro.val, macro.exp].filter(isNode);
  if (op !== "comprehension") return [args].flat(3).filter(isNode);
  const { iterable, init, step } = args as Loop;
  return [iterable, init, step];
}

function isNode(value: unknown): value is Node {
  return typeof value === "object" && value !== null && "op" in value && "meta" in value;
}

function nameOf({ args }: Node): string {
  const [name] = args as [string];
  return name;
}
