import { describe, expect, it } from "vitest";
import { compileCatalog } from "../../../shared/evaluation/catalog-compilation.ts";
import { knownFrameworks } from "../../../shared/evaluation/frameworks/known-frameworks.ts";
import { catalogText } from "./catalog-under-test.ts";

function withReference(framework: string, reference: string, head = ""): string {
  return catalogText
    .replace("controls:\n", `${head}controls:\n`)
    .replace("      SOC 2: [CC8.1]\n", `      ${framework}: [CC8.1, ${reference}]\n`);
}

describe("a reference to a framework", () => {
  it.each([
    ["SOC 2", 61, ["CC8.1", "A1.3", "P6.7"], ["CC8.2", "CC10.1", "cc8.1"]],
    ["ISO/IEC 27001:2022", 93, ["A.8.32", "A.5.37"], ["A.8.35", "A.12.1", "8.32"]],
    ["PCI DSS 4.0.1", 250, ["6.5.1", "6.2.3.1", "9.5.1.2.1"], ["6.5.7", "6.5", "13.1.1"]],
    ["NIST SP 800-53 r5", 600, ["CM-3", "CM-3(2)", "SA-11(4)", "SI-7(17)"], ["CM-15", "CM-3(9)", "CM-03"]],
    ["COBIT 2019", 271, ["BAI06", "BAI06.01", "MEA04.09"], ["BAI12", "BAI06.05", "BAI6.1"]],
  ])("to %s is to a requirement that it has", (framework, atLeast, existing, invented) => {
    const identifiers = knownFrameworks.get(framework);
    expect(identifiers?.size).toBeGreaterThanOrEqual(atLeast);
    for (const id of existing) expect(identifiers).toContain(id);
    for (const id of invented) expect(identifiers).not.toContain(id);
  });

  it("that does not exist is refused with control, line and column", () => {
    const text = withReference("SOC 2", "CC8.2");
    const line = text.split("\n").findIndex((entry) => entry.includes("CC8.2")) + 1;
    expect(() => compileCatalog(text)).toThrow(`line ${line}, column 22: TRC-01: SOC 2 has no "CC8.2"`);
  });

  it("to a framework that nobody knows is refused, with those that are known", () => {
    expect(() => compileCatalog(withReference("House rules", "H-1"))).toThrow(/"House rules" is not known.*SOC 2/);
  });

  it("to a framework that the catalog declares is held to what it declares", () => {
    const head = "frameworks:\n  House rules: [CC8.1, H-1]\n";
    expect(compileCatalog(withReference("House rules", "H-1", head)).controls).toHaveLength(
      compileCatalog(catalogText).controls.length,
    );
    expect(() => compileCatalog(withReference("House rules", "H-2", head))).toThrow('House rules has no "H-2"');
  });
});
