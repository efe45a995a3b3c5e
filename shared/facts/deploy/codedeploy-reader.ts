import { z } from "zod";
import type { Fact, ReadFacts } from "../../model/facts.ts";
import { instantOf } from "../../model/instant.ts";
import type { Origin } from "../../model/origin.ts";
import type { Source } from "../../model/source.ts";
import type { EvidenceInput } from "../evidence-input.ts";
import { parseJson, parseShape, readElements, type Unreadable, unreadWhole } from "../json-evidence.ts";
import { deploymentOf, settingsOf } from "./deployment-settings.ts";

/** Seconds since 1970 with a fraction, as AWS's JSON protocol writes times. */
const Seconds = z
  .number()
  .min(0)
  .max(253_402_300_799)
  .transform((seconds) => instantOf(Math.round(seconds * 1000)));
const Text = z.string().nullish();
const Revision = z.object({
  gitHubLocation: z.object({ repository: Text, commitId: Text }).nullish(),
  s3Location: z.object({ bucket: Text, key: Text, version: Text, eTag: Text }).nullish(),
  string: z.object({ sha256: Text }).nullish(),
  appSpecContent: z.object({ sha256: Text }).nullish(),
});
type Revision = z.infer<typeof Revision>;
const Page = z.object({ deploymentsInfo: z.array(z.unknown()) });
const Info = z.object({
  deploymentId: z.string(),
  applicationName: Text,
  deploymentGroupName: Text,
  status: Text,
  creator: Text,
  createTime: Seconds,
  completeTime: Seconds.nullish(),
  revision: Revision.nullish(),
  previousRevision: Revision.nullish(),
  /** How many instances it went well on, and on how many not. */
  deploymentOverview: z.object({ Failed: z.int().nullish(), Skipped: z.int().nullish() }).nullish(),
});
type Info = z.infer<typeof Info>;

/** Deployments of CodeDeploy. The deployment group is the environment. */
export function readCodedeployDeployments(input: EvidenceInput, source: Source): ReadFacts {
  const document = parseJson(input);
  if ("reason" in document) return unreadWhole(input, document);
  const page = parseShape(Page, document.json);
  if ("reason" in page) return unreadWhole(input, page);
  return readElements(input, page.data.deploymentsInfo, "/deploymentsInfo", (element, origin) =>
    readInfo(element, origin, source),
  );
}

function readInfo(element: unknown, origin: Origin, source: Source): readonly Fact[] | Unreadable {
  const parsed = parseShape(Info, element);
  if ("reason" in parsed) return parsed;
  const { deploymentId, applicationName, deploymentGroupName, status, creator, createTime, completeTime } = parsed.data;
  if (notOver.test(status ?? "")) return [];
  const revision = spell(parsed.data.revision);
  const deployment = deploymentOf(settingsOf(source), {
    origin,
    id: deploymentId,
    service: applicationName ?? "",
    environment: deploymentGroupName ?? "",
    revision,
    previousRevision: spell(parsed.data.previousRevision),
    at: completeTime ?? createTime,
    trigger: creator ?? "",
    status: endOf(parsed.data),
  });
  const { repository } = settingsOf(source);
  const bundle = parsed.data.revision?.s3Location;
  if (!bundle?.key) return [deployment];
  const name = `s3://${bundle.bucket ?? ""}/${bundle.key}`;
  return [deployment, { kind: "artifact", origin, repository, name, digest: "", commit: "", build: "", at: null }];
}

/** What goes on has put nothing anywhere yet. `Ready` is a new fleet that waits for its traffic. */
const notOver = /^(?:Created|Queued|InProgress|Baking|Ready)$/;

/** CodeDeploy calls a deployment a success though it failed on instances, as many as the configuration lets be. */
function endOf({ status, deploymentOverview }: Info): string {
  const { Failed: failed, Skipped: skipped } = deploymentOverview ?? {};
  if (status !== "Succeeded" || !(failed || skipped)) return status || "not told";
  return `Succeeded, not on ${failed ?? 0} failed and ${skipped ?? 0} skipped instances`;
}

function spell(revision: Revision | null | undefined): string {
  const { gitHubLocation, s3Location, string, appSpecContent } = revision ?? {};
  const digest = string?.sha256 ?? appSpecContent?.sha256;
  return (
    gitHubLocation?.commitId ||
    (s3Location?.key ? [s3Location.key, s3Location.version || s3Location.eTag].filter(Boolean).join("@") : "") ||
    (digest ? `sha256:${digest}` : "")
  );
}
