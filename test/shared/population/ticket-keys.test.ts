import { describe, expect, it } from "vitest";
import { createKeyFinder } from "../../../shared/population/ticket-keys.ts";

const find = createKeyFinder([{ id: "jira", kind: "jira-files", path: "x", projects: ["LED", "OPS"] }]);

describe("ticket keys", () => {
  it("are found in branches, titles and messages, each once, in upper case", () => {
    expect(find(["feature/led-12-fix", "LED-12 and OPS-3", "Merge branch 'LED-12'"])).toEqual(["LED-12", "OPS-3"]);
  });

  it("are only those of configured projects: UTF-8 and CVE-2024-1 are none", () => {
    expect(find(["Write UTF-8, fix CVE-2024-1, SHA-256"])).toEqual([]);
  });

  it("end where the word ends", () => {
    expect(find(["XLED-1", "LED-1x", "LED-01", "LED-0", "(LED-2)", "LED-3."])).toEqual(["LED-2", "LED-3"]);
  });
});

it("finds the numbers of a ServiceNow source, which have no hyphen", () => {
  const token = { in: "environment", name: "UNUSED" } as const;
  const servicenow = {
    id: "snow",
    kind: "servicenow",
    apiUrl: "https://x.example",
    numberPrefix: "CHG",
    token,
  } as const;
  expect(createKeyFinder([servicenow])(["chg0030001: release", "CHG1 LED-4"])).toEqual(["CHG0030001"]);
});
