import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { createBitbucketDriver } from "../../../../../electron/sources/code-host/bitbucket/bitbucket-driver.ts";
import type { EvidenceFormat } from "../../../../../shared/model/evidence.ts";
import { resolvePeriod } from "../../../../../shared/model/period.ts";
import { checkedFacts, reasonsOf } from "../../../../shared/facts/recorded-answer.ts";
import { anythingOf, once, receivedRow, rowOf, withoutNulls } from "../../described-answers.ts";
import { readPublished, undescribed } from "../../published-description.ts";
import { pullWithSecret } from "../../pull-with-secret.ts";
import { quickLimits } from "../fake-github.ts";
import { bitbucketToken, startBitbucket } from "./fake-bitbucket.ts";

/*
 * Bitbucket Cloud held to the description that Atlassian publishes of it. It says little: what all lists have in common
 * (`q`, `sort`, `fields`, paging) stands in its text alone, and of what comes in several kinds it describes what they
 * share.
 */

const bitbucket = readPublished("bitbucket");
const repository = "/repositories/{workspace}/{repo_slug}";
const request = `${repository}/pullrequests/{pull_request_id}`;

const pulling = once(async () => {
  const at = "2025-03-01T10:00:00.000000+00:00";
  const { source, server } = await startBitbucket({
    requests: [{ id: 12, mergedAt: at, updatedAt: at, activity: 5 }],
    deployments: 2,
  });
  const period = resolvePeriod("2025-01-01", "2025-06-30", "UTC");
  const { records } = await pullWithSecret(createBitbucketDriver(quickLimits), source, bitbucketToken, { period });
  const base = new URL(source.apiUrl).pathname;
  // The description has no slash at the end of a path, and Bitbucket takes it with one too.
  const pathOf = (path: string) => path.slice(base.length).replace(/\/$/, "");
  const asked = server.seen.map((seen) => ({ ...seen, path: pathOf(seen.path) }));
  return { source, asked, records, pathOf };
});

async function answerOf(format: EvidenceFormat) {
  const pulled = await pulling();
  return receivedRow(pulled, pulled.source, format);
}

describe("what a pull asks of Bitbucket Cloud", () => {
  it("is described, and every operation of the description that is kept is asked", async () => {
    const { asked } = await pulling();
    expect(new Set(asked.map(({ path }) => bitbucket.operationOf(path)))).toEqual(new Set(bitbucket.operations));
    expect(new Set(asked.map(({ method }) => method))).toEqual(new Set(["GET"]));
  });

  it("has parameters and values that are described, or that all lists of Bitbucket have", async () => {
    const { asked } = await pulling();
    const problems = asked.flatMap(({ path, query }) => bitbucket.problemsOfQuestion(path, query));
    expect(new Set(problems)).toEqual(
      new Set(["q", "sort", "pagelen", "fields"].map((name) => `${name} is no parameter`)),
    );
  });

  it("is answered by the double of the tests as is described", async () => {
    const { records, pathOf } = await pulling();
    const problems = records.flatMap(({ locator, bytes }) =>
      bitbucket.problemsOfAnswer(
        pathOf(new URL(locator).pathname),
        withoutNulls(JSON.parse(Buffer.from(bytes).toString())),
      ),
    );
    expect(records.length).toBeGreaterThan(8);
    expect(problems).toEqual([]);
  });
});

it("what is read of an answer is in the description, but for what one kind of a thing has", () => {
  const account = ["nickname", "account_id"];
  const people = (place: string) => account.flatMap((name) => `${place}/${name}`);
  expect(undescribed("bitbucket")).toEqual({
    "/user": account,
    [`${repository}/pullrequests`]: [...people("values/author"), ...people("values/closed_by")],
    [request]: [...people("author"), ...people("closed_by")],
    [`${repository}/deployments`]: [
      "values/environment/slug",
      ...["name", "status", "started_on", "start_date", "completed_on", "completion_date"].map(
        (name) => `values/state/${name}`,
      ),
    ],
    // Of a restriction only its groups and users are described.
    [`${repository}/branch-restrictions`]: ["kind", "pattern", "branch_type", "value", "id"].map(
      (name) => `values/${name}`,
    ),
  });
});

it.each<[format: EvidenceFormat, operation: string]>([
  ["bitbucket.pull-request", request],
  ["bitbucket.statuses", `${request}/statuses`],
  ["bitbucket.deployments", `${repository}/deployments`],
])("%s is read whatever its fields hold that the description allows of them", async (format, operation) => {
  const { row, read } = await answerOf(format);
  fc.assert(
    fc.property(anythingOf(rowOf(bitbucket.answerOf(operation)), row), (changed) => {
      const facts = read(changed);
      expect(reasonsOf(facts)).toEqual([]);
      checkedFacts(facts);
    }),
    { numRuns: 40 },
  );
});

it("a deployment that came to its end is dated as Bitbucket answers and as it describes, and never left out", async () => {
  const { row, read } = await answerOf("bitbucket.deployments");
  const ended = { name: "COMPLETED", status: { name: "SUCCESSFUL" } };
  const deploymentOf = (times: object) => read({ ...row, state: { ...ended, ...times } });
  const [start, end] = ["2025-03-01T07:00:00.000Z", "2025-03-01T08:00:00.000Z"];
  for (const times of [
    { started_on: start, completed_on: end },
    { start_date: start, completion_date: end },
  ])
    expect(checkedFacts(deploymentOf(times))).toEqual([expect.objectContaining({ kind: "deployment", at: end })]);
  expect(checkedFacts(deploymentOf({ start_date: start }))).toEqual([expect.objectContaining({ at: start })]);
  expect(reasonsOf(deploymentOf({}))).toEqual(["/values/0: state: it came to its end, and nothing says when"]);
  for (const name of ["IN_PROGRESS", "UNDEPLOYED"])
    expect(read({ ...row, state: { name } })).toEqual({ facts: [], unread: [] });
});
