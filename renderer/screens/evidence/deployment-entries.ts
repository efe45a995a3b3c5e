import type { DeploymentItem } from "../../../shared/model/deployment-item.ts";
import { shortItem } from "../../format.ts";
import { strings } from "../../strings.ts";
import type { Entry, LinkKind } from "./link-entry.ts";

const words = strings.evidence;

/** What the evidence says about each link of a deployment. Tickets, reviews and builds are links of its changes. */
export function deploymentEntries(item: DeploymentItem): Partial<Record<LinkKind, readonly Entry[]>> {
  return { commit: revisionEntries(item), deployment: deploymentEntry(item) };
}

function revisionEntries(item: DeploymentItem): Entry[] {
  const statements = [
    { text: words.revision(item.revision, item.revisionKind), isOdd: false },
    { text: words.places[item.place], isOdd: item.place !== "release-branch" },
    item.commit ? { text: words.leadsTo(item.commit.slice(0, 10), item.isMerge), isOdd: false } : null,
    item.change ? { text: words.deployedChange(shortItem(item.change)), isOdd: false } : null,
    { text: words.newChanges(item.newChanges.length), isOdd: false },
    item.rollback ? { text: words.rollback, isOdd: true } : null,
  ];
  return statements
    .filter((each) => each !== null)
    .map(({ text, isOdd }) => ({ text, isOdd, at: null, clock: null, account: "" }));
}

function deploymentEntry(item: DeploymentItem): Entry[] {
  const account = item.account.account;
  const by = item.requestedBy.account;
  return [
    {
      text: words.deployed(item.environment, item.status, item.byPipeline),
      at: item.at,
      clock: "deployment-log",
      account: by && by !== account ? words.onBehalf(account, by) : account,
      isOdd: !item.byPipeline,
    },
    ...(item.trigger ? [{ text: words.trigger(item.trigger), at: null, clock: null, account: "" }] : []),
  ];
}
