import type { Change, ItemCoverage, TicketView } from "../../shared/model/change.ts";
import type { DeploymentItem } from "../../shared/model/deployment-item.ts";
import type { PersonRef } from "../../shared/model/person.ts";

/** Parts of items for benches and tests that are about something else: a trail on which nothing was found. */

const nobody: PersonRef = { id: "", name: "", known: false, bot: false, account: "", roles: [] };

export const bareTrail: Pick<
  Change,
  | "reverts"
  | "repeats"
  | "trailers"
  | "through"
  | "allThrough"
  | "paths"
  | "pathsKnown"
  | "size"
  | "content"
  | "rewrites"
  | "comments"
  | "events"
  | "reports"
  | "analyses"
  | "findings"
  | "switches"
> = {
  reverts: [],
  repeats: [],
  trailers: [],
  through: [],
  rewrites: [],
  allThrough: false,
  paths: [],
  pathsKnown: false,
  size: { known: false, added: 0, removed: 0, files: 0 },
  content: { outcome: "unknown", paths: [] },
  comments: [],
  events: [],
  reports: [],
  analyses: [],
  findings: [],
  switches: [],
};

export const bareTicket: Pick<
  TicketView,
  "updatedAt" | "reporter" | "assignee" | "changeType" | "done" | "history" | "decisions" | "comments" | "links"
> = {
  updatedAt: "2026-01-01T00:00:00.000Z",
  reporter: nobody,
  assignee: nobody,
  changeType: "unknown",
  done: true,
  history: [],
  decisions: [],
  comments: [],
  links: [],
};

export const bareDeployment: Pick<
  DeploymentItem,
  | "failed"
  | "endKnown"
  | "previous"
  | "added"
  | "removed"
  | "beside"
  | "artifact"
  | "earlier"
  | "gates"
  | "builds"
  | "reports"
  | "announcements"
  | "next"
> = {
  failed: false,
  endKnown: true,
  previous: { found: false, id: "", revision: "", commit: "", at: "" },
  added: [],
  removed: [],
  beside: [],
  artifact: "",
  earlier: [],
  gates: [],
  builds: [],
  reports: [],
  announcements: [],
  next: { found: false, at: "", byPipeline: false, rollback: false },
};

/** Coverage of the kinds that every engagement has; the others were not pulled. */
export const usualCoverage: ItemCoverage = {
  commits: true,
  requests: true,
  reviews: true,
  tickets: true,
  builds: true,
  deployments: true,
  contents: false,
  events: false,
  comments: false,
  protection: false,
  decisions: false,
  reports: false,
  analysis: false,
  gates: false,
  access: false,
  detections: false,
  convergence: false,
  switches: false,
  announcements: false,
  attachments: false,
  attestations: false,
};
