import { describe, expect, it } from "vitest";
import { makeChange } from "../../../build/bench/usual-change.ts";
import { compileCatalog } from "../../../shared/evaluation/catalog-compilation.ts";
import { evaluateItem } from "../../../shared/evaluation/evaluation.ts";
import { readPattern } from "../../../shared/evaluation/rule-pattern.ts";
import type { Change } from "../../../shared/model/change.ts";
import { catalogText } from "./catalog-under-test.ts";

/** Outcome of a rule on a change, and its reason. */
function judge(rule: string, change: Partial<Change> = {}): string {
  const about = "title: T, objective: O, risk: R, idea: I, frameworks: {}, population: change";
  const assertion = `{id: is-so, needs: [commits], pass: ${JSON.stringify(rule)}, passes: Yes., fails: No.}`;
  const text = `{id: c, version: "1", title: C, controls: [{id: ONE-01, ${about}, assertions: [${assertion}]}]}`;
  const [result] = evaluateItem(compileCatalog(text), "change", { ...makeChange(1), ...change });
  return `${result?.outcome}: ${result?.reason}`;
}

const tooMany = "no-evidence: The rule asks for more than 10,000,000 steps on this item.";
const letters = "a".repeat(100_000);

describe("regular expressions in rules", () => {
  it.each([
    ["(a+)+$", "fail: No."],
    ["^(a|a)*$", "fail: No."],
    ["^(.*a){12}!$", "pass: Yes."],
  ])("%s reads a long text once, where going back would take for ever", (pattern, expected) => {
    expect(judge(`(change.title + '!').matches('${pattern}')`, { title: letters })).toBe(expected);
  });

  it("fit anywhere in a text, as CEL has it", () => {
    expect(judge("'unit tests'.matches('TESTS?$') || 'unit tests'.matches('(?i)TESTS?$')")).toBe("pass: Yes.");
    expect(judge("'unit tests'.matches('^tests')")).toBe("fail: No.");
  });

  it.each([
    ["a look ahead", "[A-Z](?=[0-9])"],
    ["a look behind", "(?<=[A-Z])[0-9]"],
    ["a reference back", "([A-Z])\\\\1"],
    ["a group that does not end", "([A-Z]"],
    ["a program too large", "([A-Z]{1000}x){5}(y{1000})"],
    ["a pattern too long", "x".repeat(1_001)],
  ])("with %s are refused when the catalog is loaded, with control, line and column", (_what, pattern) => {
    const text = catalogText.replace(/'\(\^\|\[\^A-Za-z0-9\]\)\[A-Z\][^']*'/, `'${pattern}'`);
    expect(text).not.toBe(catalogText);
    const before = text.slice(0, text.indexOf(`'${pattern}'`)).split("\n");
    const place = `line ${before.length}, column ${(before.at(-1)?.length ?? 0) + 1}`;
    expect(() => compileCatalog(text)).toThrow(new RegExp(`${place}: REV-\\d\\d pass: .*pattern`));
  });

  it("that cannot be used and come from elsewhere leave an item without evidence, and the reason says which", () => {
    expect(judge("change.title.matches('(?=' + 'b)')")).toMatch(/^no-evidence: .*the pattern "\(\?=b\)" is no regular/);
    expect(judge("change.title.matches(change.title)", { title: letters })).toMatch(/^no-evidence: .*1000 characters/);
  });

  it("are kept made, and few of them", () => {
    const first = readPattern("first");
    expect(readPattern("first")).toBe(first);
    for (let number = 0; number < 200; number += 1) readPattern(`another ${number}`);
    expect(readPattern("first")).not.toBe(first);
  });
});

describe("a rule that asks for more than any item needs", () => {
  const list = JSON.stringify(Array.from({ length: 40 }, (_, number) => number));
  /** The body for each of 40 × 40 × 40 × 40 × 40. */
  const nested = (macro: string, body: string) =>
    [..."abcde"].reduceRight((inner, name) => `${list}.${macro}(${name}, ${inner})`, body);

  it.each([
    ["all in all", nested("all", "a >= 0")],
    ["exists in exists", nested("exists", "a > 40")],
    ["map in map", `${nested("map", "a")}.size() > 0`],
    ["texts in texts", nested("all", "!change.title.contains('ab')")],
    ["records in lists", nested("all", "change.authors[0] in change.authors")],
    ["an approval each time", nested("all", "!approvedBy(change, 'nobody')")],
    ["moments", nested("all", "timestamp(change.at).getHours('Europe/Berlin') >= 0")],
    ["a long text for a length of time", "duration(change.title) > duration('1s')"],
    ["a long text in a long text", "change.title.contains(change.title.substring(50000) + 'b')"],
    ["a long path on long patterns", "matchesAny(change.title, ['*' + change.title + 'b'])"],
  ])("%s: has no evidence, and soon", (_what, rule) => {
    expect(judge(rule, { title: letters })).toBe(tooMany);
  });

  it("does not pass because the other side of an `or` holds, nor by a negation", () => {
    expect(judge(`${nested("all", "a >= 0")} || true`)).toBe(tooMany);
    expect(judge(`!(${nested("all", "a >= 0")} && false)`)).toBe(tooMany);
  });

  it("starts anew with each item and each assertion", () => {
    const ten = `${list}.all(a, ${list}.all(b, ${list}.all(c, a + b + c >= 0)))`;
    const rules = Array.from({ length: 40 }, (_, number) => {
      return `{id: so-${number}, needs: [commits], pass: "${ten}", passes: Yes., fails: No.}`;
    });
    const about = "title: T, objective: O, risk: R, idea: I, frameworks: {}, population: change";
    const text = `{id: c, version: "1", title: C, controls: [{id: ONE-01, ${about}, assertions: [${rules}]}]}`;
    const outcomes = evaluateItem(compileCatalog(text), "change", makeChange(1)).map(({ outcome }) => outcome);
    expect(outcomes).toEqual(rules.map(() => "pass"));
  });

  it("counts the same on every run, so that an item that just passes always does", () => {
    const rule = `${list}.all(a, ${list}.all(b, change.title.matches('^a+$')))`;
    const runs = Array.from({ length: 2 }, () =>
      [6_200, 6_300].map((length) => judge(rule, { title: "a".repeat(length) })),
    );
    expect(runs).toEqual(runs.map(() => ["pass: Yes.", tooMany]));
  });
});

describe("a rule of the catalog that Tickmark brings", () => {
  it("has steps enough for a change of 20,000 files", () => {
    const paths = Array.from({ length: 20_000 }, (_, number) => ({
      path: `services/payments/src/main/java/Example${number}.java`,
    }));
    const [path] = makeChange(1).paths;
    const item = { ...makeChange(1), paths: paths.map((each) => ({ ...path, ...each })) } as Change;
    const results = evaluateItem(compileCatalog(catalogText), "change", item);
    expect(results.filter(({ reason }) => /steps/.test(reason))).toEqual([]);
  });
});
