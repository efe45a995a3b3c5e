import { describe, expect, it } from "vitest";
import { createDirectory } from "../../../shared/population/directory.ts";
import { gatherPeople } from "../../../shared/population/people.ts";
import { emailOf, History, loginOf } from "./history.ts";

const directoryOf = (history: History) => createDirectory(gatherPeople(history.facts, history.input().sources));

describe("people", () => {
  it("are one person behind all accounts that the roster lists, without regard to case", () => {
    const directory = directoryOf(new History().person("eva", { logins: ["eva-login", "Eva2"] }));
    const first = directory.resolve({ system: "github", name: "eva-login" });
    expect(directory.resolve({ system: "github", name: "EVA2" }).id).toBe(first.id);
    expect(directory.resolve({ system: "git", name: emailOf("eva").toUpperCase() }).id).toBe(first.id);
  });

  it("are not known when the roster does not list them, whatever name they typed", () => {
    const person = directoryOf(new History()).resolve({ system: "git", name: "who@elsewhere.example" }, "ada");
    expect(person).toMatchObject({ known: false, name: "ada" });
  });

  it("are known by the host's word when no roster was handed over, and by an address that the host ties to them", () => {
    const history = new History([]);
    const base = history.commit({ by: "ada" });
    history.main(base).request(1, { head: base, mergeCommit: base, author: loginOf("ada") });
    const directory = directoryOf(history);
    expect(directory.resolve({ system: "github", name: loginOf("ada") }).known).toBe(true);
    expect(directory.resolve({ system: "git", name: emailOf("ada") }).known).toBe(false);
    expect(directory.resolve({ system: "git", name: "7+ada-login@users.noreply.github.com" }).known).toBe(false);
  });

  it("never join two persons of the roster", () => {
    const history = new History();
    const people = gatherPeople(history.facts, history.input().sources);
    expect(new Set(people.persons.map(({ id }) => id)).size).toBe(people.persons.length);
  });

  it("are known by the host that names them: its logins, its own addresses, and no other host's", () => {
    const history = new History([]);
    const base = history.commit({ by: "ada" });
    history.main(base).request(1, { head: base, mergeCommit: base, author: "ada-login", system: "gitlab" });
    const directory = directoryOf(history);
    expect(directory.resolve({ system: "gitlab", name: "ada-login" })).toMatchObject({ known: true });
    expect(directory.resolve({ system: "github", name: "ada-login" })).toMatchObject({ known: false });
  });

  it.each([
    ["github", "7+ada-login@users.noreply.github.com", true],
    ["gitlab", "7-ada-login@users.noreply.gitlab.example", true],
    ["gitlab", "7+ada-login@users.noreply.github.com", false],
    ["bitbucket", "7-ada-login@users.noreply.gitlab.example", false],
  ] as const)("on %s own the address %s: %s", (system, address, owns) => {
    const history = new History([]);
    const base = history.commit({ by: "ada" });
    history.main(base).request(1, { head: base, mergeCommit: base, author: "ada-login", system });
    for (const commit of history.facts.repositories.get("ledger")?.commits.values() ?? [])
      commit.author.email = address;
    const directory = directoryOf(history);
    expect(directory.resolve({ system: "git", name: address }).known).toBe(owns);
  });

  it("of a host that knows accounts by their address are one with who commits under it", () => {
    const history = new History([]);
    const base = history.commit({ by: "ada" });
    history.main(base).request(1, { head: base, mergeCommit: base, author: emailOf("ada"), system: "gerrit" });
    const directory = directoryOf(history);
    const account = directory.resolve({ system: "gerrit", name: emailOf("ada") });
    expect(directory.resolve({ system: "git", name: emailOf("ada") })).toMatchObject({ id: account.id, known: true });
  });

  it("are bots also where they merged or wrote before the host said what they are", () => {
    const history = new History([]);
    const base = history.commit();
    const given = { head: base, mergeCommit: base };
    history
      .main(base)
      .request(1, { ...given, mergedBy: "lint-app" })
      .request(2, { ...given, mergedBy: "renovate[bot]" });
    history.review(1, "x", base, { reviewer: "lint-app", reviewerType: "bot" });
    const directory = directoryOf(history);
    expect(directory.resolve({ system: "github", name: "lint-app" })).toMatchObject({ known: true, bot: true });
    expect(directory.resolve({ system: "github", name: "renovate[bot]" })).toMatchObject({ known: true, bot: true });
  });

  it("tell for each account why it is theirs, and where that was read", () => {
    const history = new History([]).fact({
      ...{ kind: "mailmap-entry", repository: "ledger", name: "Ada", commitName: "" },
      ...{ email: emailOf("ada"), commitEmail: "ada@old.example" },
    });
    const base = history.commit({ by: "ada" });
    history.main(base).request(1, { head: base, mergeCommit: base, author: loginOf("ada"), listed: [] });
    history.fact({
      ...{ kind: "request-commit", repository: "ledger", request: 1, commit: base, authorLogin: loginOf("ada") },
      ...{ authorEmail: emailOf("ada"), authorName: "Ada", message: "" },
    });
    const person = gatherPeople(history.facts, []).persons.find(({ id }) => id === "github:ada-login");
    expect(person?.accounts.map(({ system, name, reason }) => `${system}:${name} ${reason}`)).toEqual([
      "github:ada-login The host knows it; no roster was handed over.",
      "deploy:ada-login It has the same name as the account of github.",
      "git:ada@northwind.example The host ties it to ada-login.",
    ]);
    const [request] = history.facts.repositories.get("ledger")?.requests ?? [];
    const { evidence = "" } = request?.origin ?? {};
    for (const account of person?.accounts ?? []) expect(account.evidence).toContainEqual({ evidence, place: "" });
  });

  it("are bots only by the host's, the roster's or the source's word, not by a name in git", () => {
    const history = new History();
    const head = history.commit({ by: "renovate[bot]" });
    history.main(head);
    const directory = directoryOf(history);
    expect(directory.resolve({ system: "git", name: emailOf("renovate[bot]") }, "renovate[bot]").bot).toBe(false);
    expect(directory.resolve({ system: "deploy", name: "deploy-bot" })).toMatchObject({ bot: true, known: true });
  });
});
