import { z } from "zod";
import type { Instant } from "../../../../shared/model/instant.ts";
import type { SourceOf } from "../../../../shared/model/source.ts";
import { parseAnswer } from "../../http/json-client.ts";
import { wantedBranches } from "../../wanted-branches.ts";
import { basic, connectHost } from "../walk/client.ts";
import type { HostConnection } from "../walk/host-driver.ts";
import type { HostList, HostPlan, Stage } from "../walk/host-plan.ts";
import { single } from "../walk/pages.ts";
import { parseRow } from "../walk/row.ts";
import { askGerritIdentity } from "./gerrit-identity.ts";

const perPage = 100;
const Row = z.object({ _number: z.number().int().positive(), branch: z.string(), submitted: z.string().optional() });
const Rows = z.array(z.unknown());
const LastRow = z.object({ _more_changes: z.boolean().optional() });

/** What a change tells of itself: every patch set with its commit, every vote with its time, every message. */
const options = [
  "ALL_REVISIONS",
  "ALL_COMMITS",
  "DETAILED_LABELS",
  "DETAILED_ACCOUNTS",
  "MESSAGES",
  "SUBMIT_REQUIREMENTS",
  "PUSH_CERTIFICATES",
];

/**
 * What is asked of a Gerrit project: gerrit-review.googlesource.com/Documentation/rest-api-changes.html. Gerrit lists
 * changes by their last update, newest first, and names no total, so the list is read until a reading finds nothing new.
 */
export function planGerrit(source: SourceOf<"gerrit">, connection: HostConnection): HostPlan {
  const { window, context } = connection;
  const client = connectHost(
    connection,
    source.siteUrl,
    source,
    basic(source.user, context.readSecret(source.token)),
    // Against the answer's use in a script; its five characters are no JSON.
    { prefix: ")]}'" },
  );
  const project = `a/projects/${encodeURIComponent(source.project)}`;
  const branches = wantedBranches(source.releaseBranch);
  return {
    client,
    branches,
    endpoint: `Gerrit REST API at ${source.siteUrl}, project ${source.project}`,
    query:
      `Changes submitted to ${branches.words}, updated from ${window.from} on, newest update first, those submitted ` +
      `before ${window.to}, each with all patch sets, votes, messages and comments; submit requirements as they stand.`,
    otherFormat: "gerrit.other",
    identify: () => askGerritIdentity(client, project, source.project, branches),
    stages: [changes(source, connection), submitRequirements(project)],
    covers: [
      { kind: "requests", by: ["changes"] },
      { kind: "reviews", by: ["changes"] },
      { kind: "events", by: ["changes"] },
      { kind: "comments", by: ["changes", "comments"] },
      { kind: "protection", by: ["submit requirements"], snapshot: true },
    ],
    notes: ["Gerrit names no total; the list was read once more after its last page and showed nothing new."],
  };
}

function changes(source: SourceOf<"gerrit">, { window }: HostConnection): Stage {
  const branches = wantedBranches(source.releaseBranch);
  const row = (element: unknown) => parseRow(Row, element, "changes");
  return {
    name: "changes",
    list: changeList(source, window.from),
    keys: "number",
    key: (element) => String(row(element)._number),
    isWanted(element) {
      const { branch, submitted = "" } = row(element);
      if (!branches.fits(branch)) return false;
      const at = gerritTime(submitted);
      return at === null || (at >= window.from && at < window.to);
    },
    async details(number, ask) {
      const change = `a/changes/${encodeURIComponent(source.project)}~${number}`;
      await ask.one(`${change}/detail?${options.map((option) => `o=${option}`).join("&")}`, "gerrit.change");
      await ask.ifReadable("comments", () => ask.one(`${change}/comments`, "gerrit.comments"));
    },
  };
}

function changeList({ project, releaseBranch }: SourceOf<"gerrit">, from: Instant): HostList {
  const after = from.replace("T", " ").replace("Z", " +0000");
  const { only } = wantedBranches(releaseBranch);
  const q = `project:"${project}"${only === null ? "" : ` branch:"${only}"`} status:merged after:"${after}"`;
  return {
    first: { path: "a/changes/", query: { q, n: perPage, S: 0 } },
    format: "gerrit.changes",
    rows: (answer) => parseAnswer(Rows, answer),
    next(answer, asked, rows) {
      const last = LastRow.safeParse(parseAnswer(Rows, answer).at(-1)).data;
      if (last?._more_changes !== true) return null;
      return { path: asked.path, query: { ...asked.query, S: Number(asked.query.S) + rows } };
    },
  };
}

function submitRequirements(project: string): Stage {
  const Named = z.object({ name: z.string() });
  return {
    name: "submit requirements",
    list: single(`${project}/submit_requirements`, "gerrit.submit-requirements"),
    keys: "text",
    key: (element) => parseRow(Named, element, "submit requirements").name,
    mayBeRefused: true,
  };
}

/** `2013-02-01 09:59:32.126000000`, in UTC without saying so. */
function gerritTime(text: string): Instant | null {
  const match = /^(\d{4}-\d\d-\d\d) (\d\d:\d\d:\d\d)\.(\d{3})\d*$/.exec(text);
  return match === null ? null : `${match[1]}T${match[2]}.${match[3]}Z`;
}
