import { describe, expect, it } from "vitest";
import type { Source, SourceOf } from "../../../shared/model/source.ts";
import { JiraFilesSource } from "../../../shared/model/ticket-source.ts";
import { buildPopulation } from "../../../shared/population/build-population.ts";
import { createKeyFinder } from "../../../shared/population/ticket-keys.ts";
import { History, period, scope } from "./history.ts";

const jira: SourceOf<"jira-files"> = { id: "jira", kind: "jira-files", path: "x", projects: ["LED", "OPS"] };
const servicenow = {
  ...{ id: "snow", kind: "servicenow", apiUrl: "https://x.example", numberPrefix: "CHG" },
  token: { in: "environment", name: "UNUSED" },
} as const satisfies Source;
const find = createKeyFinder([jira], []);
const received = (scope: string) =>
  ({ kind: "tickets", scope, from: period.start, to: period.end, sourceId: "x" }) as const;

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

  it("are those of a ServiceNow source, which have no hyphen", () => {
    expect(createKeyFinder([servicenow], [])(["chg0030001: release", "CHG1 LED-4"])).toEqual(["CHG0030001"]);
  });

  it("are those of projects whose tickets came in files that name no project", () => {
    const keys = createKeyFinder([jira, servicenow], [received("SHOP"), received("CHG")]);
    expect(keys(["SHOP-1 LED-2 CHG0030001 CHG-5 UTF-8"])).toEqual(["SHOP-1", "LED-2", "CHG0030001"]);
  });

  it("are read by the patterns of their own project, which stand in place of the usual one", () => {
    const own = createKeyFinder([{ ...jira, keyPatterns: { LED: ["led_{number}", "[ledger {number}]"] } }], []);
    expect(own(["fix/led_7", "[Ledger 8] Do it", "LED-9", "OPS-3", "led_0"])).toEqual(["LED-7", "LED-8", "OPS-3"]);
  });

  it.each(["LED", "{number}{number}", "x".repeat(101)])("have no pattern that reads %s", (pattern) => {
    expect(JiraFilesSource.safeParse({ ...jira, keyPatterns: { LED: [pattern] } }).success).toBe(false);
  });
});

describe("the tickets of a change", () => {
  const url = "https://host.example/northwind/ledger/pull/1";
  const link = (history: History, key: string, to: string) =>
    history.fact({ kind: "ticket-link", key, relation: "pull request, merged", to: "", url: to });

  const told: readonly [
    string,
    { branch?: string; title?: string; message?: string; of?: string },
    (history: History) => void,
  ][] = [
    ["its request's branch", { branch: "feature/led-1-x" }, () => {}],
    ["its request's title", { title: "LED-1: Do it" }, () => {}],
    ["a commit's message", { message: "LED-1 Do it\n" }, () => {}],
    ["a trailer of a commit", { message: "Do it\n\nTicket: LED-1\n" }, () => {}],
    ["a development link of the ticket", {}, (history) => link(history, "LED-1", `${url}/`)],
  ];

  const tell = (given: { branch?: string; title?: string; message?: string }) => {
    const history = new History();
    const base = history.commit({ at: 0 });
    const head = history.commit({ parents: [base], message: given.message ?? "Do it\n" });
    const merge = history.merge(base, head);
    const { branch: sourceBranch = "work", title = "Do it" } = given;
    history.main(merge).request(1, { head, mergeCommit: merge, sourceBranch, title, url });
    return { history, merge };
  };

  it.each(told)("are named by %s", (_words, given, more) => {
    const { history, merge } = tell(given);
    more(history.ticket("LED-1"));
    expect(history.change(merge)).toMatchObject({ ticketKeys: ["LED-1"], tickets: [{ key: "LED-1" }] });
  });

  it("are not those that no source has, nor those that link to another request", () => {
    const { history, merge } = tell({ message: "LED-404 Do it\n" });
    link(history.ticket("LED-2"), "LED-2", `${url}2`);
    expect(history.change(merge)).toMatchObject({ ticketKeys: ["LED-404"], tickets: [] });
  });

  it("are covered where a change ticket of ServiceNow is named and ServiceNow was pulled", () => {
    const { history, merge } = tell({ message: "CHG0030001 Do it\n" });
    const input = history.input();
    const sources = [...input.sources, servicenow];
    const isCovered = (prefix: string) => {
      const coverage = [...input.coverage, received(prefix)];
      const { change } = buildPopulation({ ...input, sources, coverage }, scope).items;
      return change.find(({ commit }) => commit === merge)?.coverage.tickets;
    };
    expect(isCovered("CHG")).toBe(true);
    expect(isCovered("INC")).toBe(false);
  });
});
