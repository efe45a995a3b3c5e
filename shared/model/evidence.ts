import { z } from "zod";
import { Sha256 } from "./digest.ts";
import { Instant } from "./instant.ts";

/** What a raw record is, by the system that wrote it and the answer that it was. A reader exists for each in `shared/facts`. */
export const EvidenceFormat = z.enum([
  "git.refs", // git for-each-ref: `<object id> <peeled id or empty> <ref name>` a line
  "git.commit", // content of one commit object, as git hashes it (without the "commit <size>\0" header)
  "git.changed-paths", // git log --raw -z of one commit against its first parent
  "git.mailmap", // .mailmap at the release branch's tip
  "git.boundary", // ids of commits, a line each, whose parents the clone does not have (a shallow clone's `shallow` file)
  "git.range-boundary", // ids of commits, a line each, that pulled commits name as parents but that lie before the pulled range
  "github.pulls", // GET /repos/{o}/{r}/pulls, one page
  "github.pull", // GET /repos/{o}/{r}/pulls/{n}
  "github.reviews", // GET /repos/{o}/{r}/pulls/{n}/reviews, one page
  "github.pull-commits", // GET /repos/{o}/{r}/pulls/{n}/commits, one page
  "github.runs", // GET /repos/{o}/{r}/actions/runs, one page
  "github.jobs", // GET /repos/{o}/{r}/actions/runs/{id}/jobs, one page
  "github.other", // repository, user, totals: kept for the IPE record, read by nobody
  "jira.issues", // GET /rest/api/3/search/jql, one page; or an exported file of that shape
  "jira.changelog", // GET /rest/api/3/issue/{key}/changelog, one page
  "jira.issue-lines", // one issue a line (JSONL), as REST v2 or v3 gives it
  "jira.other",
  "deployments.jsonl", // whole lines of a deployment log
  "deployments.csv", // whole lines of a deployment log; the column names are in `reading`
  "roster.csv", // whole file: name, e-mail addresses, logins, roles
]);
export type EvidenceFormat = z.infer<typeof EvidenceFormat>;

/** What must be known besides the bytes to read a part of a larger file. */
export const Reading = z.object({
  /** Number, in the whole file and from 1, of the part's first line. */
  firstLine: z.number().int().positive().optional(),
  /** Column names of a CSV file, from its first line. */
  columns: z.array(z.string()).optional(),
});
export type Reading = z.infer<typeof Reading>;

/** A raw record on its way into the store: exactly the bytes that were received. */
export interface RawRecord {
  readonly format: EvidenceFormat;
  /** Where it came from: URL, `git:<object id>`, or file name. Part of how some records are read (a review page's request). Never holds a secret. */
  readonly locator: string;
  readonly bytes: Uint8Array;
  readonly receivedAt: Instant;
  readonly reading?: Reading;
}

/** A stored raw record without its bytes. */
export const Evidence = z.object({
  sha256: Sha256,
  size: z.number().int().nonnegative(),
  format: EvidenceFormat,
  locator: z.string(),
  sourceId: z.string(),
  pullId: z.string(),
  receivedAt: Instant,
  reading: Reading.optional(),
});
export type Evidence = z.infer<typeof Evidence>;

/** Points into evidence: the record and the place in it (a JSON pointer, `line 12`, or empty for the whole). */
export const EvidencePlace = z.object({ evidence: Sha256, place: z.string() });
export type EvidencePlace = z.infer<typeof EvidencePlace>;

/** What an item rests on: the place and what it was read for. */
export const EvidenceUse = EvidencePlace.extend({
  as: z.enum(["commit", "request", "review", "ticket", "build", "deployment", "ref", "path"]),
});
export type EvidenceUse = z.infer<typeof EvidenceUse>;
