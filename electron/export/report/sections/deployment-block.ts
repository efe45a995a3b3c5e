import type { DeploymentItem, RevisionPlace } from "../../../../shared/model/deployment-item.ts";
import type { ReportContent } from "../../../../shared/model/report.ts";
import { shorten } from "../../viewer/page/visible-text.js";
import type { Flow } from "../flow.ts";
import { mono, sizes, spaced, strong, text } from "../style.ts";
import { countOf, formatInstant, shortHash } from "../wording.ts";
import { destinationOf } from "../workpaper.ts";
import { describePerson } from "./change-block.ts";
import { drawFacts } from "./facts-list.ts";
import { drawChain, type Link } from "./item-evidence.ts";
import { itemRefs } from "./item-refs.ts";
import { drawItemResults } from "./item-results.ts";

const places: Readonly<Record<RevisionPlace, string>> = {
  "release-branch": "on the release branch",
  "other-branch": "in the repository, and not on the release branch",
  "older": "before the pulled history",
  "beyond": "a commit that the pulled history does not hold, which begins later than the repository's",
  "absent": "a commit that no ref leads to; the whole history was pulled",
  "unresolved": "it leads to no commit, or to several",
};

/** One sampled deployment: who put what where, what it led to in git, and what each rule found. */
export function drawDeploymentBlock(flow: Flow, content: ReportContent, ref: string, item: DeploymentItem): void {
  const title = `${shorten(item.revision, 60)} to ${shorten(item.environment, 60)}`;
  flow.startBlock({ title, ref, destination: destinationOf(ref) }, 170);
  drawFacts(
    flow,
    [
      ["Deployment", [mono(item.id)]],
      ["When", [text(`${formatInstant(item.at)}${item.rollback ? "; it put an earlier state back" : ""}`)]],
      ["By", [text(shorten(byWhom(item), 300))]],
    ],
    3,
  );
  drawChain(flow, linksOf(content, item), item.evidence, item.coverage);
  drawItemResults(flow, content, content.results.of("deployment", item.id));
}

function byWhom(item: DeploymentItem): string {
  const how = item.byPipeline ? "the pipeline" : "not the pipeline";
  const trigger = item.trigger === "" ? "" : `, started as "${item.trigger}"`;
  return `${how}, account ${describePerson(item.account)}, for ${describePerson(item.requestedBy)}${trigger}`;
}

function linksOf(content: ReportContent, item: DeploymentItem): Link[] {
  const small = { size: sizes.small };
  const status = item.status === "" ? "the log does not say how it ended" : `status ${shorten(item.status, 60)}`;
  const deployed = `${shorten(item.revision, 80)} (${item.revisionKind}), ${status}`;
  const change = itemRefs(content).get(item.change)?.ref;
  const brought = `${places[item.place]}; ${countOf(item.newChanges.length, "change")} reached this environment for the first time`;
  const sampled = change === undefined ? "" : `; the change is sampled as ${change}`;
  const commit = item.commit === "" ? strong("no commit", small) : mono(shortHash(item.commit));
  return [
    {
      name: "Deployment",
      as: "deployment",
      needs: "deployments",
      found: [{ says: [text(deployed, small)], at: item.at }],
    },
    {
      name: "Commit",
      as: "commit",
      needs: "commits",
      found: [{ says: spaced(commit, text(brought + sampled, small)), at: "" }],
    },
  ];
}
