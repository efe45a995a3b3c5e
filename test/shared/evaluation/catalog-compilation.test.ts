import { describe, expect, it } from "vitest";
import { compileCatalog } from "../../../shared/evaluation/catalog-compilation.ts";
import { catalogText } from "./catalog-under-test.ts";

const faultOf = (text: string, values = {}) => {
  try {
    compileCatalog(text, values);
  } catch (error) {
    return error as Error & { code: string };
  }
  throw new Error("The catalog was accepted.");
};

/** Line and column, from 1, of a text in the catalog. */
const placeOf = (text: string, part: string) => {
  const before = text.slice(0, text.indexOf(part)).split("\n");
  return `line ${before.length}, column ${(before.at(-1)?.length ?? 0) + 1}`;
};

/** How many controls each area has. */
const areas = { TRC: 4, REV: 8, TST: 3, SEC: 1, INF: 2, DEP: 5, CAB: 3, DRK: 1, SOD: 3, OPS: 3, PMT: 2, POL: 1 };

describe("loading a catalog", () => {
  it("compiles the catalog that Tickmark brings", () => {
    const { catalog, controls } = compileCatalog(catalogText);
    expect(catalog.controls.map(({ id }) => id)).toEqual(
      Object.entries(areas).flatMap(([area, count]) =>
        Array.from({ length: count }, (_, index) => `${area}-0${index + 1}`),
      ),
    );
    expect(controls.length).toBe(catalog.controls.length + 1);
  });

  it.each([
    ["an unknown field", "change.tickets.size() > 0", "change.tikets.size() > 0", "tikets"],
    ["a wrong type", "change.tickets.size() > 0", "change.title > 0", "change.title > 0"],
    ["a text where yes or no is needed", "pass: change.tickets.size() > 0", "pass: change.title", "change.title"],
    ["a field that rules may not read", "change.tickets.size() > 0", "change.evidence.size() > 0", "evidence.size"],
    ["an unknown function", "change.tickets.size() > 0", "nonsense(change)", "nonsense"],
  ])("names control, line and column of %s", (_what, from, to, at) => {
    const text = catalogText.replace(from, to);
    const fault = faultOf(text);
    expect(fault.code).toBe("catalog-invalid");
    expect(fault.message).toContain("TRC-01 pass");
    expect(fault.message).toContain(placeOf(text, at).split(",")[0]);
  });

  it("checks the rules of a control that is tested on two populations against the items of each", () => {
    const fault = faultOf(catalogText.replace("reviewPattern.withoutComment <=", "change.size.added <="));
    expect(fault.message).toContain("REV-03 pass");
    expect(fault.message).toContain("change");
  });

  it("gives rules the ids of their control's checklist, and lets no parameter stand in their place", () => {
    const named = catalogText.replace(
      "    parameters:\n      attesterRoles:",
      "    parameters:\n      checklist: {type: bool, default: true, meaning: Mine.}\n      attesterRoles:",
    );
    expect(faultOf(named).message).toMatch(/REV-07: rules read its checklist as params.checklist/);
    const without = catalogText.replace("params.leastApproved", "params.checklist.size()");
    expect(faultOf(without).message).toContain("checklist");
  });

  it("names line and column inside a block of several lines", () => {
    const text = catalogText.replace("|| change.request.author.bot\n", "|| change.request.author.robot\n");
    expect(faultOf(text).message).toContain(placeOf(text, "robot"));
  });

  it("checks sentences as well: a brace without partner, a value that is no text", () => {
    expect(
      faultOf(catalogText.replace("{change.tickets.map(t, t.key).join(', ')}", "{change.tickets")).message,
    ).toContain("brace");
    expect(
      faultOf(catalogText.replace("{change.tickets.map(t, t.key).join(', ')}", "{change.tickets.size()}")).message,
    ).toContain("string");
  });

  it.each([
    ["a key that the schema does not know", catalogText.replace("    risk: Changes", "    rsik: x\n    risk: Changes")],
    [
      "a control without assertions",
      catalogText.replace(
        / {4}assertions:\n {6}- id: names-existing-ticket[\s\S]*?messages\.\n/,
        "    assertions: []\n",
      ),
    ],
    ["a control that occurs twice", catalogText.replace("id: REV-06", "id: REV-01")],
    ["a tag of its own", catalogText.replace("id: devops-audit-defense", "id: !!js/function x")],
    ["no YAML", "a: [b"],
    ["an alias", catalogText.replace("  - id: TRC-01", "  - &a\n    id: TRC-01").concat("  - *a\n")],
  ])("refuses %s", (_what, text) => {
    expect(text).not.toBe(catalogText);
    expect(["catalog-invalid"]).toContain(faultOf(text).code);
  });

  it("refuses a parameter that the control does not have, or of another type, and says what it has", () => {
    expect(faultOf(catalogText, { "REV-01": { nope: true } })).toMatchObject({
      code: "catalog-invalid",
      action: expect.stringContaining("botAuthors"),
    });
    expect(faultOf(catalogText, { "REV-01": { botAuthors: true } }).message).toContain("list<string>");
    expect(faultOf(catalogText, { "REV-99": { x: true } }).code).toBe("catalog-invalid");
  });
});
