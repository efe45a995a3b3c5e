import { z } from "zod";
import type { EvidenceFormat } from "../../../shared/model/evidence.ts";
import { readRequestAddress } from "../../../shared/model/request-address.ts";
import { githubAnswers } from "../files/formats/github-answers.ts";

/** What a recorded answer was taken for, by its content; by its name only where an answer does not say it itself. */
export type RecordedPage =
  | {
      readonly format: EvidenceFormat;
      readonly elements: readonly unknown[];
      /** The host's own total, where the answer names one. */
      readonly total: number | null;
    }
  | { readonly reason: string };

/** Lists that are empty when nobody said, did or found anything: then only their names tell what they are. */
const emptyParts: readonly (readonly [RegExp, EvidenceFormat])[] = [
  [/(?:^|[^A-Za-z0-9])pulls?[/_-]\d+[/_-]comments(?![A-Za-z0-9])/, "github.review-comments"],
  [/(?:^|[^A-Za-z0-9])issues[/_-]\d+[/_-]comments(?![A-Za-z0-9])/, "github.issue-comments"],
  [/(?:^|[^A-Za-z0-9])issues[/_-]\d+[/_-]timeline(?![A-Za-z0-9])/, "github.timeline"],
  [/(?:^|[^A-Za-z0-9])code-scanning[/_-]alerts(?![A-Za-z0-9])/, "github.alerts"],
  [/(?:^|[^A-Za-z0-9])code-scanning[/_-]analyses(?![A-Za-z0-9])/, "github.analyses"],
];

const Named = z.record(z.string(), z.unknown());
const List = z.array(z.unknown());

export function recognisePage(name: string, json: unknown): RecordedPage {
  const page = recogniseKnown(name, json);
  if ("format" in page && page.format !== "github.other") return page;
  for (const { format, rowsOf } of githubAnswers) {
    const elements = rowsOf(name, json);
    if (elements !== null) return { format, elements, total: null };
  }
  return page;
}

/** The answers that the counts and the coverage of such a folder rest on, empty lists of them too. */
function recogniseKnown(name: string, json: unknown): RecordedPage {
  const list = List.safeParse(json);
  if (list.success) return recogniseList(name, list.data);
  const single = Named.safeParse(json);
  if (!single.success) return { reason: "it is neither a JSON object nor a list" };
  const { workflow_runs: runs, jobs, total_count: count } = single.data;
  const total = typeof count === "number" ? count : null;
  if (Array.isArray(runs)) return { format: "github.runs", elements: runs, total };
  if (Array.isArray(jobs)) return { format: "github.jobs", elements: jobs, total };
  if (isPull(single.data)) return { format: "github.pull", elements: [single.data], total: null };
  if ("full_name" in single.data || "login" in single.data || total !== null) {
    return { format: "github.other", elements: [single.data], total };
  }
  return { reason: "it is no answer of GitHub's REST API that is read here" };
}

function recogniseList(name: string, elements: readonly unknown[]): RecordedPage {
  const address = readRequestAddress(name);
  if (elements.length === 0) {
    if (address !== null)
      return { format: address.list === "reviews" ? "github.reviews" : "github.pull-commits", elements, total: null };
    const part = emptyParts.find(([named]) => named.test(name));
    if (part) return { format: part[1], elements, total: null };
    if (/(?:^|[^A-Za-z])pulls(?![A-Za-z])/.test(name)) return { format: "github.pulls", elements, total: null };
    return { reason: "it is an empty list, and its name does not say of what" };
  }
  const first = Named.safeParse(elements[0]);
  if (!first.success) return { reason: "its elements are not JSON objects" };
  if (isPull(first.data)) return { format: "github.pulls", elements, total: null };
  if ("pull_request_url" in first.data && "state" in first.data)
    return { format: "github.reviews", elements, total: null };
  if ("sha" in first.data && "commit" in first.data) {
    if (address?.list === "commits") return { format: "github.pull-commits", elements, total: null };
    return {
      reason: "it is a list of commits, and its name does not say of which pull request (pulls-12-commits.json)",
    };
  }
  return { reason: "it is a list of something that is not read here" };
}

function isPull(object: Record<string, unknown>): boolean {
  return "number" in object && "head" in object && "base" in object;
}
