import type { SourceOf } from "../../../../../shared/model/source.ts";
import { type FakeHost, type FakeRoute, shaOf, startHost } from "../fake-host.ts";

/*
 * A Gerrit in the shapes of its documentation (rest-api-changes.html: ChangeInfo, RevisionInfo, ChangeMessageInfo,
 * CommentInfo; rest-api-accounts.html; rest-api-projects.html): times without a zone, `)]}'` before every answer.
 */

export const gerritPassword = "NobodyMaySeeThisPassword";

export interface FakeChange {
  readonly number: number;
  submitted: string;
  updated: string;
  readonly branch?: string;
}

export interface FakeGerrit {
  changes: FakeChange[];
  canUpload: boolean;
  hasRequirements: boolean;
}

export async function startGerrit(changes: Partial<FakeGerrit> = {}, host: Partial<FakeHost> = {}) {
  const gerrit: FakeGerrit = { changes: [], canUpload: false, hasRequirements: true, ...changes };
  const authorization = `Basic ${Buffer.from(`auditor:${gerritPassword}`).toString("base64")}`;
  const started = await startHost(routesOf(gerrit), authorization, { prefix: ")]}'\n", ...host });
  const source: SourceOf<"gerrit"> = {
    id: "host",
    kind: "gerrit",
    repository: "shop",
    siteUrl: started.server.url,
    project: "acme/shop",
    releaseBranch: "main",
    user: "auditor",
    token: { in: "environment", name: "UNUSED" },
  };
  return { gerrit, source, ...started };
}

const ada = { _account_id: 1, email: "ada@example.test", username: "ada" };
const rita = { _account_id: 2, email: "rita@example.test", username: "rita" };

function routesOf(gerrit: FakeGerrit): FakeRoute[] {
  const find = (number: string | undefined) => gerrit.changes.find((change) => change.number === Number(number));
  const project = "^/a/projects/acme/shop";
  return [
    [/^\/a\/accounts\/self$/, () => ({ body: { _account_id: 9, username: "auditor" } })],
    [new RegExp(`${project}$`), () => ({ body: { id: "acme%2Fshop", state: "ACTIVE" } })],
    [new RegExp(`${project}/branches/main$`), () => ({ body: { ref: "refs/heads/main", revision: shaOf(1) } })],
    [new RegExp(`${project}/access$`), () => ({ body: { is_owner: false, can_upload: gerrit.canUpload } })],
    [
      new RegExp(`${project}/submit_requirements$`),
      () =>
        gerrit.hasRequirements
          ? {
              body: [
                { name: "Code-Review", submittability_expression: "label:Code-Review=MAX AND -label:Code-Review=MIN" },
              ],
            }
          : null,
    ],
    [
      /^\/a\/changes\/$/,
      (_parts, { query }) => {
        const after = (/after:"([^"]+) \+0000"/.exec(query.get("q") ?? "")?.[1] ?? "").slice(0, 23);
        const into = /branch:"([^"]+)"/.exec(query.get("q") ?? "")?.[1];
        const listed = gerrit.changes
          .filter(({ updated, branch = "main" }) => updated.slice(0, 23) >= after && branch === (into ?? branch))
          .sort((one, other) => (one.updated < other.updated ? 1 : -1));
        const [skip, count] = [Number(query.get("S")), Number(query.get("n"))];
        const rows: object[] = listed.slice(skip, skip + count).map(listedOf);
        if (skip + count < listed.length) rows.push({ ...rows.pop(), _more_changes: true });
        return { body: rows };
      },
    ],
    [
      /^\/a\/changes\/acme\/shop~(\d+)\/detail$/,
      ([number]) => {
        const change = find(number);
        return change ? { body: detailOf(change) } : null;
      },
    ],
    [
      /^\/a\/changes\/acme\/shop~(\d+)\/comments$/,
      () => ({
        body: {
          "src/a.ts": [
            { id: "c1", author: rita, updated: "2025-02-01 10:00:00.000000000", message: "Why?", unresolved: false },
          ],
        },
      }),
    ],
  ];
}

function listedOf({ number, submitted, updated, branch = "main" }: FakeChange) {
  return {
    _number: number,
    project: "acme/shop",
    branch,
    subject: `Change ${number}`,
    status: "MERGED",
    created: "2025-01-02 08:00:00.000000000",
    updated,
    submitted,
    owner: { _account_id: 1 },
  };
}

/** Reviewed as patch set 1; the submit wrote patch set 2. */
export function detailOf(change: FakeChange) {
  const person = { name: "Ada", email: "ada@example.test" };
  return {
    ...listedOf(change),
    owner: ada,
    submitter: rita,
    current_revision: shaOf(change.number),
    revisions: {
      [shaOf(change.number + 1_000_000)]: {
        _number: 1,
        kind: "REWORK",
        created: "2025-01-02 08:00:00.000000000",
        uploader: ada,
        commit: { message: "Work\n\nChange-Id: I1\n", author: person },
      },
      [shaOf(change.number)]: {
        _number: 2,
        kind: "TRIVIAL_REBASE",
        created: change.submitted,
        uploader: rita,
        commit: { message: "Work\n", author: person },
      },
    },
    labels: { "Code-Review": { values: { "-2": "No", "-1": "Rather not", " 0": "-", "+1": "Good", "+2": "Yes" } } },
    messages: [
      {
        id: "m1",
        author: ada,
        date: "2025-01-02 08:00:00.000000000",
        message: "Uploaded patch set 1.",
        _revision_number: 1,
      },
      {
        id: "m2",
        author: rita,
        date: "2025-01-03 08:00:00.000000000",
        message: "Patch Set 1: Code-Review+2",
        _revision_number: 1,
      },
    ],
  };
}
