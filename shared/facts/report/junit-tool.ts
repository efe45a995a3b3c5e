import { childrenOf, type XmlElement } from "../xml-evidence.ts";

const byRootName: readonly (readonly [RegExp, string])[] = [
  [/^pytest tests?$/, "pytest"],
  [/^jest tests?$/, "Jest"],
  [/^vitest tests?$/, "Vitest"],
  [/^mocha tests?$/i, "Mocha"],
];

/** Which tool wrote a report, by what it leaves in it; "JUnit" where nothing tells. */
export function junitTool(root: XmlElement): string {
  const suites = root.name === "testsuite" ? [root] : childrenOf(root, "testsuite");
  const [first] = suites;
  const name = root.attributes.get("name") ?? "";
  const named = byRootName.find(([pattern]) => pattern.test(name))?.[1];
  if (named !== undefined) return named;
  if (first === undefined) return "JUnit";
  if (first.attributes.get("name") === "pytest") return "pytest";
  if (/^rspec\d*$/.test(first.attributes.get("name") ?? "")) return "RSpec";
  const properties = childrenOf(first, "properties").flatMap((list) => childrenOf(list, "property"));
  const names = new Set(properties.map(({ attributes }) => attributes.get("name") ?? ""));
  if (names.has("go.version")) return "Go";
  if (names.has("surefire.test.class.path") || names.has("java.version")) return "Maven Surefire";
  const cases = [...childrenOf(root, "testcase"), ...childrenOf(first, "testcase")];
  return cases.some(({ attributes }) => attributes.get("classname") === "test") ? "node:test" : "JUnit";
}
