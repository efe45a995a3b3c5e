import { instantOf, millisecondsOf } from "../../../shared/model/instant.ts";
import type { SourceOf } from "../../../shared/model/source.ts";
import { dayMs, windowOf } from "../audit-window.ts";
import type { JsonClient } from "../http/json-client.ts";
import type { PageAhead } from "../http/page-ahead.ts";
import type { PullSteps } from "../pull-steps.ts";
import type { PullContext, SourceContext } from "../source-driver.ts";
import type { JiraCursor } from "./jira-cursor.ts";

/** What every step of a Jira pull works with. */
export interface JiraPull {
  readonly source: SourceOf<"jira">;
  readonly context: PullContext;
  readonly client: JsonClient;
  readonly pages: PageAhead;
  readonly steps: PullSteps<JiraCursor>;
  /** Page token of Jira Cloud that an interrupted pull left behind. Tokens last a few days, so this one alone may be stale. */
  readonly leftToken: string | null;
}

/** A path of the REST API: version 3 of Jira Cloud, 2 of a Jira Server. */
export function apiPath({ flavour }: Pick<SourceOf<"jira">, "flavour">, path: string): string {
  return `rest/api/${flavour === "server" ? 2 : 3}/${path}`;
}

export function searchPath(source: Pick<SourceOf<"jira">, "flavour">): string {
  return apiPath(source, source.flavour === "server" ? "search" : "search/jql");
}

export function projectOf(pull: JiraPull): string {
  return pull.source.projects[pull.steps.cursor.project] ?? "";
}

/**
 * Every ticket of the project that existed by the end of the period and its margin, whenever it was last updated: a
 * change of the period may name a ticket that nobody has touched for years. The cost is a request for each hundred
 * tickets that the project ever had.
 *
 * Days of JQL are days of the account's own time zone, so one more day is asked for.
 */
export function projectJql({ context }: { readonly context: SourceContext }, project: string): string {
  const to = instantOf(millisecondsOf(windowOf(context.period).to) + dayMs).slice(0, 10);
  return `project = "${project}" AND created < "${to}"`;
}
