import { describe, expect, it } from "vitest";
import { createDirectory, gatherPeople } from "../../../shared/population/people.ts";
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

  it("are bots only by the host's, the roster's or the source's word, not by a name in git", () => {
    const history = new History();
    const head = history.commit({ by: "renovate[bot]" });
    history.main(head);
    const directory = directoryOf(history);
    expect(directory.resolve({ system: "git", name: emailOf("renovate[bot]") }, "renovate[bot]").bot).toBe(false);
    expect(directory.resolve({ system: "deploy", name: "deploy-bot" })).toMatchObject({ bot: true, known: true });
  });
});
