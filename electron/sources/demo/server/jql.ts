import type { JiraIssue } from "../jira-issues.ts";
import type { JiraRecords } from "../jira-records.ts";
import { numberOf } from "../plan-tickets.ts";

/** What a search finds, or Jira's sentence on why it is refused. */
export type Found = { readonly issues: readonly JiraIssue[] } | { readonly problem: string };

/**
 * The little of Jira's query language that reads one project: comparisons joined by AND, and an order. Days and times
 * are those of the account's zone, in which the records are written.
 */
export function findIssues(jira: JiraRecords, project: string, jql: string): Found {
  const [, where = "", order = ""] = /^(.*?)(?:\s*\bORDER BY\b(.*))?$/is.exec(jql.trim()) ?? [];
  if (where.trim() === "") {
    return { problem: "Unbounded JQL queries are not allowed here. Please add a search restriction to your query." };
  }
  let issues = jira.map(({ issue }) => issue);
  for (const clause of where.split(/\s+AND\s+/i)) {
    const found = applyClause(issues, jira, project, clause.trim());
    if (typeof found === "string") return { problem: found };
    issues = found;
  }
  return sortIssues(issues, order);
}

function applyClause(issues: JiraIssue[], jira: JiraRecords, project: string, clause: string): JiraIssue[] | string {
  const match = /^([a-z]+)\s*(>=|<=|!=|=|>|<|\bin\b)\s*(.+)$/is.exec(clause);
  if (!match) return `Error in the JQL Query: Expecting an operator but got '${clause}'.`;
  const [, field = "", operator = "", written = ""] = match;
  const values = valuesOf(written);
  const isList = operator === "=" || operator.toLowerCase() === "in";
  switch (field.toLowerCase()) {
    case "project": {
      const unknown = values.find((value) => value.toUpperCase() !== project);
      return unknown === undefined ? issues : `The value '${unknown}' does not exist for the field 'project'.`;
    }
    case "key":
    case "issuekey":
    case "issue": {
      if (!isList) return `The operator '${operator}' is not supported by the '${field}' field here.`;
      const unknown = values.find((value) => !jira.some(({ issue }) => issue.key === value));
      if (unknown !== undefined) return `An issue with key '${unknown}' does not exist for field '${field}'.`;
      return issues.filter((issue) => values.includes(issue.key));
    }
    case "created":
    case "updated":
    case "resolved": {
      const moment = momentOf(values[0] ?? "");
      if (moment === null) return `Date value '${values[0]}' for field '${field}' is invalid.`;
      const name =
        field.toLowerCase() === "resolved" ? "resolutiondate" : (field.toLowerCase() as "created" | "updated");
      return issues.filter((issue) => compareTimes(issue.fields[name], operator, moment));
    }
    case "statuscategory":
      return issues.filter((issue) => values.includes(issue.fields.status.statusCategory.name));
    default:
      return `Field '${field}' does not exist or you do not have permission to view it.`;
  }
}

function valuesOf(written: string): string[] {
  const inside = /^\((.*)\)$/s.exec(written.trim())?.[1] ?? written;
  return inside.split(",").map((value) => value.trim().replace(/^(["'])(.*)\1$/, "$2"));
}

/** `2026-01-01`, `2026/01/01` or either with `HH:mm`; a day alone is its first minute. */
function momentOf(value: string): string | null {
  const match = /^(\d{4})[-/](\d{2})[-/](\d{2})(?: (\d{2}:\d{2}))?$/.exec(value);
  return match ? `${match[1]}-${match[2]}-${match[3]} ${match[4] ?? "00:00"}` : null;
}

function compareTimes(time: string | null, operator: string, moment: string): boolean {
  if (time === null) return false;
  const local = time.slice(0, 16).replace("T", " ");
  if (operator === ">=") return local >= moment;
  if (operator === "<=") return local <= moment;
  if (operator === ">") return local > moment;
  return operator === "<" ? local < moment : local === moment;
}

function sortIssues(issues: JiraIssue[], order: string): Found {
  if (order.trim() === "") return { issues: issues.toReversed() };
  const match = /^\s*(key|issuekey|created|updated)(?:\s+(ASC|DESC))?\s*$/i.exec(order);
  if (!match) return { problem: `Not able to sort using field '${order.trim()}'.` };
  const [, field = "", direction = "ASC"] = match;
  const name = field.toLowerCase();
  const keyOf = (issue: JiraIssue) => (name === "created" || name === "updated" ? Date.parse(issue.fields[name]) : 0);
  const sorted = issues.toSorted((a, b) => keyOf(a) - keyOf(b) || numberOf(a.key) - numberOf(b.key));
  return { issues: direction.toUpperCase() === "DESC" ? sorted.toReversed() : sorted };
}
