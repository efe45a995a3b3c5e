import type { codeHostFormats } from "../../model/formats/code-host-formats.ts";
import {
  type HostElementReader,
  noTime,
  readOne,
  readPage,
  receivedAt,
  requestIn,
  shaped,
  withPage,
} from "../code-host/host-pages.ts";
import { type FormatReaders, readNothing } from "../format-reader.ts";
import { PolicyShape } from "./azure-repos-shapes.ts";
import { commitReader, iterationReader, requestReader } from "./request-readers.ts";
import { threadReader } from "./thread-reader.ts";

type AzureReposFormat = Extract<(typeof codeHostFormats)[number], `azure-repos.${string}`>;

const words = "pullRequests";

/** Readers of the answers of Azure DevOps' REST API on Git repositories. Times are Azure's own. */
export const azureReposReaders: FormatReaders<AzureReposFormat> = {
  "azure-repos.pull-requests": readPage(requestReader, "value"),
  "azure-repos.pull-request": readOne(requestReader),
  // All threads come in one answer, and votes are threads.
  "azure-repos.threads": withPage(readPage(threadReader, "value", { words }), ({ locator }) => ({
    request: requestIn(locator, words),
    page: 1,
    last: true,
  })),
  "azure-repos.iterations": readPage(iterationReader, "value", { words }),
  "azure-repos.commits": readPage(commitReader, "value", { words }),
  "azure-repos.policies": readPage(policyReader, "value"),
  "azure-repos.other": readNothing,
};

/** One policy in force on the branch. Each says one thing, so a branch has as many protections as policies. */
function policyReader(context: Parameters<HostElementReader>[0]) {
  return shaped(PolicyShape, (policy, _element, origin) => {
    const at = receivedAt(context);
    if (at === null) return noTime;
    const { settings, type } = policy;
    const refs = (settings.scope ?? []).map(({ refName }) => refName ?? "").filter((ref) => ref !== "");
    const binding = policy.isEnabled && policy.isBlocking && policy.isDeleted !== true;
    const isApproval = settings.minimumApproverCount !== undefined;
    return (refs.length > 0 ? refs : [""]).map((ref) => ({
      kind: "branch-protection" as const,
      origin,
      repository: context.repository,
      branch: ref.replace(/^refs\/heads\//, ""),
      at,
      enabled: binding,
      requiredApprovals: settings.minimumApproverCount ?? 0,
      dismissesStaleApprovals: isApproval ? (settings.resetOnSourcePush ?? null) : null,
      bindsAdministrators: null,
      requiredChecks: isApproval ? [] : [settings.displayName || type.displayName],
      allowsForcePush: null,
      by: "",
    }));
  });
}
