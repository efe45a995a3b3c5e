import { expect, it } from "vitest";
import { createGerritDriver } from "../../../../../electron/sources/code-host/gerrit/gerrit-driver.ts";
import { faultOf } from "../../../../../shared/errors.ts";
import { readEvidence } from "../../../../../shared/facts/evidence-reading.ts";
import { resolvePeriod } from "../../../../../shared/model/period.ts";
import { checkedFacts, record } from "../../../../shared/facts/recorded-answer.ts";
import { createPullDouble, evidenceOf, recordsOf } from "../../pull-double.ts";
import { everythingKept, pullDyingAtEverySave, pullWithSecret } from "../../pull-with-secret.ts";
import { quickLimits } from "../fake-github.ts";
import { shaOf } from "../fake-host.ts";
import { type FakeChange, gerritPassword, startGerrit } from "./fake-gerrit.ts";

const driver = createGerritDriver(quickLimits);
const period = resolvePeriod("2025-01-01", "2025-06-30", "UTC");
const settings = { period };

function changes(count: number): FakeChange[] {
  return Array.from({ length: count }, (_, index) => {
    const at = `${new Date(Date.UTC(2025, 1, 1) + index * 3_600_000).toISOString().slice(0, 23).replace("T", " ")}000000`;
    return { number: 7_000_000 + index, submitted: at, updated: at };
  });
}

it("changes submitted in the period come with patch sets, votes and comments, their bytes as Gerrit sent them", async () => {
  const { source } = await startGerrit({
    changes: [
      { number: 1, submitted: "2024-11-30 23:00:00.000000000", updated: "2025-03-01 00:00:00.000000000" },
      { number: 2, submitted: "2025-03-01 00:00:00.000000000", updated: "2025-03-01 00:00:00.000000000" },
      { number: 3, submitted: "2025-08-01 00:00:00.000000000", updated: "2025-08-01 00:00:00.000000000" },
    ],
  });
  const pulled = await pullWithSecret(driver, source, gerritPassword, settings);
  const [detail, ...others] = recordsOf(pulled, "gerrit.change");
  expect(others).toEqual([]);
  expect(
    Buffer.from(detail?.bytes ?? [])
      .toString()
      .startsWith(")]}'\n{"),
  ).toBe(true);
  const read = readEvidence(record("gerrit.change", detail?.bytes, detail?.locator), source);
  expect(read.unread).toEqual([]);
  const facts = checkedFacts(read);
  expect(facts).toContainEqual(
    expect.objectContaining({
      kind: "change-request",
      number: 2,
      headCommit: shaOf(1_000_002),
      mergeCommit: shaOf(2),
      mergedBy: "rita@example.test",
    }),
  );
  expect(facts).toContainEqual(
    expect.objectContaining({
      kind: "review",
      reviewer: "rita@example.test",
      state: "approved",
      commit: shaOf(1_000_002),
    }),
  );
  const [comments] = recordsOf(pulled, "gerrit.comments");
  const commented = readEvidence(record("gerrit.comments", comments?.bytes, comments?.locator), source);
  expect(checkedFacts(commented)).toEqual([expect.objectContaining({ request: 2, path: "src/a.ts", resolved: true })]);
  expect(pulled.outcome.coverage.map(({ kind }) => kind)).toEqual([
    "requests",
    "reviews",
    "events",
    "comments",
    "protection",
  ]);
  expect(pulled.outcome.notes).toEqual([expect.stringContaining("Gerrit names no total")]);
  expect(everythingKept(pulled)).not.toContain(gerritPassword);
});

it("a change that is updated while the list is read, and so moves behind the reader, is not lost", async () => {
  const { source, gerrit, host } = await startGerrit({ changes: changes(230) });
  host.before = (seen) => {
    if (seen.query.get("S") !== "100") return false;
    // It stood on page 2 and moves to the front, so that page 2 begins one row late.
    const moved = gerrit.changes.find(({ number }) => number === 7_000_100);
    if (moved) moved.updated = "2025-09-01 00:00:00.000000000";
    return false;
  };
  const pulled = await pullWithSecret(driver, source, gerritPassword, settings);
  expect(pulled.outcome.counts.changes).toBe(230);
  const single = recordsOf(pulled, "gerrit.change").map(({ locator }) => locator);
  expect(new Set(single).size).toBe(single.length);
});

it("a pull that dies at every step goes on without losing or doubling anything", async () => {
  const { source } = await startGerrit({ changes: changes(30) });
  const whole = await pullWithSecret(driver, source, gerritPassword, settings);
  const broken = await pullDyingAtEverySave(driver, source, gerritPassword, settings);
  const content = (pulled: typeof whole) => [
    ...new Set(evidenceOf(pulled).filter((line) => !line.startsWith("gerrit.other"))),
  ];
  expect(content(broken)).toEqual(content(whole));
  expect(broken.outcome).toEqual(whole.outcome);
});

it("an older server without submit requirements is told as such, and covers no protection", async () => {
  const { source } = await startGerrit({ changes: changes(1), hasRequirements: false });
  const { outcome } = await pullWithSecret(driver, source, gerritPassword, settings);
  expect(outcome.coverage.map(({ kind }) => kind)).not.toContain("protection");
  expect(outcome.notes.join(" ")).toContain("Not readable, so nothing is known about it: submit requirements.");
});

it("an account that may push is warned of; a wrong password and an unknown branch are told", async () => {
  const { source, gerrit, server } = await startGerrit();
  const context = { ...createPullDouble(settings).context, readSecret: () => gerritPassword };
  expect(await driver.test(source, context)).toMatchObject({ identity: "auditor", canWrite: false });
  gerrit.canUpload = true;
  expect(await driver.test(source, context)).toMatchObject({ canWrite: true });
  const fault = async (changed: Partial<typeof source>, secret: string) =>
    faultOf(await pullWithSecret(driver, { ...source, ...changed }, secret, settings).catch((error: unknown) => error))
      .code;
  expect(await fault({}, "wrong")).toBe("http-unauthorised");
  expect(await fault({ releaseBranch: "nope" }, gerritPassword)).toBe("source-invalid");
  expect(new Set(server.seen.map(({ method }) => method))).toEqual(new Set(["GET"]));
});
