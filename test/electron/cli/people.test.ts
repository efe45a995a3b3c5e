import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { PeopleView } from "../../../shared/model/people-decision.ts";
import type { VerificationReport } from "../../../shared/model/verification-report.ts";
import { tickmark, tickmarkJson } from "./command-line.ts";
import { passphrase } from "./demo-bundle.ts";
import { makeSmallEngagement } from "./small-engagement.ts";

const folder = mkdtempSync(join(tmpdir(), "tickmark-people-"));
const file = join(folder, "small.tickmark");

beforeAll(async () => {
  await makeSmallEngagement(folder);
  const roster = [
    "id,name,emails,logins,roles",
    "ada,Ada Osei,ada@new.example,ada-login,developer",
    "deployer,Pipeline,,deploy-bot,bot",
    "",
  ].join("\n");
  writeFileSync(join(folder, "roster.csv"), roster);
  writeFileSync(join(folder, "roster.json"), JSON.stringify({ id: "people", kind: "roster", path: "roster.csv" }));
  await tickmarkJson("source", "add", file, join(folder, "roster.json"));
  await tickmarkJson("pull", file);
  await tickmarkJson("population", file, "--freeze");
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const list = () => tickmarkJson<PeopleView>("people", "list", file);
const joinAda = ["people", "join", file, "--account", "git:ada@example.org", "--with", "git:ada@new.example"];

/** Freezes, tests everything, exports all evidence and verifies. @returns outcome of each check */
async function verifyNow(name: string): Promise<Record<string, string>> {
  await tickmarkJson("population", file, "--freeze");
  await tickmarkJson("sample", "draw", file, "--method", "everything", "--rationale", "All of it.");
  await tickmarkJson("evaluate", file);
  const zip = join(folder, `${name}.zip`);
  await tickmarkJson("export", file, zip, "--evidence", "all", "--identity", join(folder, "signer.p12"), ...passphrase);
  const { checks } = await tickmarkJson<VerificationReport>("verify", zip);
  return Object.fromEntries(checks.map(({ id, outcome }) => [id, outcome]));
}

describe("who is who", () => {
  it("shows the unknown first, and why each account is whose", async () => {
    const { unknown, persons } = await list();
    expect(unknown).toMatchObject([
      { account: { system: "git", name: "ada@example.org" }, name: "Ada Osei", items: 36 },
    ]);
    const ada = persons.find(({ id }) => id === "ada");
    expect(ada?.accounts.find(({ name }) => name === "ada-login")).toMatchObject({
      reason: "The roster lists it.",
      evidence: [{ place: "line 2" }],
    });
    expect((await tickmark("people", "list", file)).out).toMatch(
      /^1 unknown identities[^\n]*\n {2}git:ada@example\.org/,
    );
  });

  it.each([
    [
      "a person whom nobody knows",
      ["join", "--account", "git:x@y.example", "--with", "git:z@y.example"],
      "Nobody is known behind git:z@y.example",
    ],
    [
      "an account that is the person's already",
      ["join", "--account", "git:ada@new.example", "--with", "github:ada-login"],
      "already",
    ],
    ["an account that nobody has", ["split", "--account", "git:ada@example.org"], "nothing to split"],
    ["a decision that nobody made", ["withdraw", "--entry", "1"], "decides on nobody"],
    ["a system that there is not", ["split", "--account", "fax:ada"], "is no account"],
  ])("refuses to decide about %s", async (_words, [command = "", ...given], says) => {
    const ran = await tickmark("people", command, file, ...given, "--reason", "Because.");
    expect(ran.status).not.toBe(0);
    expect(ran.err).toContain(says);
  });

  it("changes with a decision from the next freeze on, is verified from the bundle, and changes back with its withdrawal", async () => {
    const { pending, decisions } = await tickmarkJson<PeopleView>(
      ...joinAda,
      "--reason",
      "The personnel file says so.",
    );
    expect(pending).toBe(1);
    expect(await verifyNow("joined")).toMatchObject({ people: "passed", facts: "passed", "activity-log": "passed" });
    const joined = await list();
    expect(joined).toMatchObject({ pending: 0, unknown: [] });
    expect(joined.persons.find(({ id }) => id === "ada")?.accounts.at(-1)?.reason).toMatch(
      /^Ada Osei decided on \d{4}-\d\d-\d\d: The personnel file says so\.$/,
    );
    const entry = String(decisions[0]?.entry);
    await tickmarkJson("people", "withdraw", file, "--entry", entry, "--reason", "It was another Ada.");
    await tickmarkJson("population", file, "--freeze");
    expect((await list()).unknown).toMatchObject([{ account: { name: "ada@example.org" } }]);
    const again = await tickmark("people", "withdraw", file, "--entry", entry, "--reason", "Twice.");
    expect(again.err).toContain("does not hold any more");
  });
});
