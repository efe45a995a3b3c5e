import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { gunzipSync } from "node:zlib";
import { expect, it } from "vitest";
import { describeSample } from "../../../../../electron/sources/files/file-sample.ts";
import { recogniseFile } from "../../../../../electron/sources/files/recognition.ts";
import { describeRecorded } from "../../../../recorded-data.ts";
import { requestOf as azureRequest, threadsOf } from "../../code-host/azure-repos/fake-azure-repos.ts";
import { activityOf, requestOf as cloudRequest } from "../../code-host/bitbucket/fake-bitbucket.ts";
import { activitiesOf, requestOf as serverRequest } from "../../code-host/bitbucket-server/fake-bitbucket-server.ts";
import { detailOf } from "../../code-host/gerrit/fake-gerrit.ts";

function takenAs(name: string, content: unknown): string {
  const whole =
    content instanceof Uint8Array
      ? content
      : Buffer.from(typeof content === "string" ? content : JSON.stringify(content));
  const bytes = whole.subarray(0, 64 * 1024);
  const taken = recogniseFile(
    describeSample({ name, size: whole.length, bytes, isWhole: whole.length === bytes.length }),
  );
  return "format" in taken ? taken.format.format : taken.reason;
}

function unpacked(path: string): Buffer {
  const bytes = readFileSync(path);
  return path.endsWith(".gz") ? gunzipSync(bytes) : bytes;
}

const merged = { id: 1, mergedAt: "2025-03-01T10:00:00Z", updatedAt: "2025-03-01T10:00:00Z" };
const closed = { id: 1, closedAt: Date.UTC(2025, 1, 1) };
const change = { ...detailOf({ number: 1, submitted: "2025-03-01 10:00:00.000000000", updated: "" }), change_id: "I1" };

it.each<[string, unknown, string]>([
  ["pullrequests.json", { values: [cloudRequest(merged)] }, "bitbucket.pull-requests"],
  ["pullrequests-1-activity.json", { values: activityOf(merged) }, "bitbucket.activity"],
  ["pull-requests.json", { values: [serverRequest(closed)], isLastPage: true }, "bitbucket-server.pull-requests"],
  [
    "pull-requests-1-activities.json",
    { values: activitiesOf(closed), isLastPage: true },
    "bitbucket-server.activities",
  ],
  ["pr-1.json", azureRequest({ id: 1, closedAt: "2025-03-01T00:00:00Z" }), "azure-repos.pull-request"],
  ["pullrequests-1-threads.json", { value: threadsOf(1), count: 2 }, "azure-repos.threads"],
  ["change.json", `)]}'\n${JSON.stringify(change)}`, "gerrit.change"],
  ["change.json", change, "gerrit.change"],
])("%s is taken for what it is, %#", (name, content, format) => {
  expect(takenAs(name, content)).toBe(format);
});

it("a list that does not say which request it belongs to is not taken without a name that does", () => {
  const events = [{ event: "merged", created_at: "2025-03-01T00:00:00Z" }];
  expect(takenAs("issues-12-timeline.json", events)).toBe("github.timeline");
  expect(takenAs("events.json", events)).not.toBe("github.timeline");
});

describeRecorded("github-webhooks", "recorded deliveries of GitHub's webhooks", (folder) => {
  it.each(readdirSync(folder))("%s is taken for deliveries", (name) => {
    expect(takenAs(name, unpacked(join(folder, name)))).toBe("github.webhooks");
  });
});

describeRecorded("ants", "recorded elements of GitHub's answers", (folder) => {
  it.each(readdirSync(folder).filter((name) => name.includes(".jsonl")))(
    "%s is taken for collected lines of GitHub",
    (name) => {
      expect(takenAs(name, unpacked(join(folder, name)))).toBe("github.collected-lines");
    },
  );
});

describeRecorded("gitlab", "recorded elements of GitLab's answers", (folder) => {
  it.each(readdirSync(folder).filter((name) => name.endsWith(".jsonl")))(
    "%s is taken for collected lines of GitLab",
    (name) => {
      expect(takenAs(name, unpacked(join(folder, name)))).toBe("gitlab.collected-lines");
    },
  );

  it.each([
    ["merge_requests", "gitlab.merge-requests", "merge_requests.json"],
    ["merge_request_notes", "gitlab.notes", "notes.json"],
    ["merge_request_commits", "gitlab.commits", "merge_requests-1-commits.json"],
    ["pipelines", "gitlab.pipelines", "pipelines.json"],
    ["jobs", "gitlab.jobs", "jobs.json"],
    ["deployments", "gitlab.deployments", "deployments.json"],
  ])("%s as one page is taken for %s", (file, format, name) => {
    const lines = readFileSync(join(folder, `${file}.jsonl`), "utf8")
      .trim()
      .split("\n");
    expect(
      takenAs(
        name,
        lines.map((line) => (JSON.parse(line) as { data: unknown }).data),
      ),
    ).toBe(format);
  });
});

describeRecorded("github-deployments", "recorded deployments of GitHub's GraphQL API", (folder) => {
  it("are taken for what they are, line by line and as a page", () => {
    const bytes = readFileSync(join(folder, "graphql_deployments_OpenBIC.jsonl"));
    expect(takenAs("deployments.jsonl", bytes)).toBe("github.collected-lines");
    expect(takenAs("page.json", { data: { repository: { deployments: { nodes: [] } } } })).toBe(
      "github.graphql-deployments",
    );
  });
});

describeRecorded("github-http", "recorded exchanges with GitHub", (folder) => {
  it.each(readdirSync(folder))("%s is taken for exchanges", (name) => {
    expect(takenAs(name, unpacked(join(folder, name)))).toBe("github.exchanges");
  });
});
