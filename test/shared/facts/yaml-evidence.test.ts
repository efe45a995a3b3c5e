import { expect, it } from "vitest";
import { parseYaml } from "../../../shared/facts/yaml-evidence.ts";
import { evidenceInput } from "./evidence-under-test.ts";

it("a file can hold several documents", () => {
  expect(parseYaml(evidenceInput("a: 1\n---\nb: [x, y]\n"))).toEqual({ documents: [{ a: 1 }, { b: ["x", "y"] }] });
});

it("a custom tag is refused", () => {
  expect(parseYaml(evidenceInput("a: !ruby/object:Puppet::Transaction::Report\n  host: db1\n"))).toHaveProperty(
    "reason",
  );
  expect(parseYaml(evidenceInput("a: !!js/function 'x'\n"))).toHaveProperty("reason");
});

it("an alias is read, but not aliases of aliases that make a small file a huge one", () => {
  expect(parseYaml(evidenceInput("a: &x [1]\nb: *x\n"))).toEqual({ documents: [{ a: [1], b: [1] }] });
  const levels = Array.from(
    { length: 12 },
    (_, level) => `l${level + 1}: &l${level + 1} [${Array(9).fill(`*l${level}`).join(", ")}]`,
  );
  expect(parseYaml(evidenceInput(`l0: &l0 [lol]\n${levels.join("\n")}\n`))).toEqual({
    reason: "not YAML that is read: its aliases repeat too much",
  });
});

it("a name twice in one object is refused: readers would disagree which counts", () => {
  expect(parseYaml(evidenceInput("a: 1\na: 2\n"))).toHaveProperty("reason");
});
